//! A trial's counts by stretch, packed for keeping: most are nothing or a few, and take a byte each. Nothing is rounded.

use crate::trial::{Stretch, Visit};

/// All stretches of one trial as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    bytes: Box<[u8]>,
    /// Where each stretch begins.
    starts: Box<[u32]>,
}

impl Packed {
    /// Packs the stretches of a trial.
    pub fn of(mut stretches: Vec<Stretch>) -> Self {
        let mut writer = Writer { bytes: Vec::with_capacity(512 * stretches.len()) };
        let mut starts = Vec::with_capacity(stretches.len());
        for stretch in &mut stretches {
            starts.push(writer.bytes.len() as u32);
            stretch.each(&mut writer);
        }
        Packed { bytes: writer.bytes.into(), starts: starts.into() }
    }

    /// Adds one stretch to `sum`, which has a place for every count.
    pub fn add_to(&self, stretch: usize, sum: &mut Stretch) {
        sum.each(&mut Adder { bytes: &self.bytes[self.starts[stretch] as usize..] });
    }
}

/// Writes numbers down: counts in groups of seven bits, the lowest first; amounts as a length and that many bytes, the highest first,
/// without the zeros at their end.
struct Writer {
    bytes: Vec<u8>,
}

impl Visit for Writer {
    #[inline]
    fn count(&mut self, count: &mut u32) {
        let mut rest = *count;
        while rest > 0x7f {
            self.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }

    #[inline]
    fn amount(&mut self, amount: &mut f64) {
        let bits = amount.to_bits();
        let length = 8 - bits.trailing_zeros() as usize / 8;
        self.bytes.push(length as u8);
        self.bytes.extend_from_slice(&bits.to_be_bytes()[..length]);
    }
}

/// Reads numbers in the order in which they were written, and adds each to what stands there.
struct Adder<'a> {
    bytes: &'a [u8],
}

impl Adder<'_> {
    #[inline]
    fn next(&mut self) -> u8 {
        let (first, rest) = self.bytes.split_first().expect("a stretch is read in the order it was written");
        self.bytes = rest;
        *first
    }
}

impl Visit for Adder<'_> {
    #[inline]
    fn count(&mut self, count: &mut u32) {
        let (mut shift, mut read) = (0, 0);
        loop {
            let byte = self.next();
            read |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        *count += read;
    }

    #[inline]
    fn amount(&mut self, amount: &mut f64) {
        let length = usize::from(self.next());
        if length == 0 {
            return;
        }
        let (first, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        let mut bits = [0; 8];
        bits[..length].copy_from_slice(first);
        *amount += f64::from_be_bytes(bits);
    }
}

/// Sets every number to nothing, so that a sum can begin.
pub(super) struct Clear;

impl Visit for Clear {
    fn count(&mut self, count: &mut u32) {
        *count = 0;
    }

    fn amount(&mut self, amount: &mut f64) {
        *amount = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{TierStretch, Tally};
    use proptest::prelude::*;

    /// Gives each number in turn the next of a list.
    struct Fill<'a>(&'a [(u32, f64)], usize);

    impl Fill<'_> {
        fn next(&mut self) -> (u32, f64) {
            self.1 += 1;
            self.0[self.1 % self.0.len()]
        }
    }

    impl Visit for Fill<'_> {
        fn count(&mut self, count: &mut u32) {
            *count = self.next().0;
        }

        fn amount(&mut self, amount: &mut f64) {
            *amount = self.next().1;
        }
    }

    fn empty() -> Stretch {
        Stretch {
            tiers: vec![TierStretch::default(); 2],
            rejections: vec![0; 5],
            disqualifications: vec![0; 3],
            judged: vec![Default::default(); 4],
            clauses: vec![Default::default(); 2],
            ..Default::default()
        }
    }

    proptest! {
        /// Every number, however large or odd, comes back as it was; and every stretch by itself.
        #[test]
        fn nothing_is_lost(numbers in prop::collection::vec((any::<u32>(), prop::num::f64::NORMAL | prop::num::f64::ZERO), 7..90)) {
            let (mut first, mut second) = (empty(), empty());
            first.each(&mut Fill(&numbers, 0));
            second.each(&mut Fill(&numbers, 3));
            let packed = Packed::of(vec![first.clone(), second.clone(), empty()]);
            for (place, stretch) in [first, second, empty()].into_iter().enumerate() {
                let mut read = empty();
                packed.add_to(place, &mut read);
                prop_assert_eq!(read, stretch);
            }
        }
    }

    #[test]
    fn stretches_add_up_and_are_cleared() {
        let mut one = empty();
        one.judged[3].after_hours = Tally { kept: 200, judged: 300 };
        one.tiers[1].late_minutes[4] = 0.1;
        let packed = Packed::of(vec![one.clone(), one]);
        let mut sum = empty();
        (0..2).for_each(|stretch| packed.add_to(stretch, &mut sum));
        assert_eq!(sum.judged[3].after_hours, Tally { kept: 400, judged: 600 });
        assert_eq!(sum.tiers[1].late_minutes[4], 0.2);
        sum.each(&mut Clear);
        assert_eq!(sum, empty());
    }
}
