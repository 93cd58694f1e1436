//! A trial's counts by stretch, packed for keeping: most counts take a byte, and amounts of nothing take a
//! bit. Nothing is rounded.

use crate::trial::{Stretch, Visit};

/// All stretches of one trial.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Packed {
    /// A byte a count, and two before each group of amounts that say which of them are not zero.
    bytes: Box<[u8]>,
    /// Counts that need more than a byte.
    large: Box<[u32]>,
    /// Amounts other than zero.
    amounts: Box<[f64]>,
    /// Where each stretch begins in the three lists.
    starts: Box<[[u32; 3]]>,
}

/// Stands for a count that is written among the large ones.
const LARGE: u8 = u8::MAX;

impl Packed {
    /// Packs the stretches of a trial.
    pub fn of(mut stretches: Vec<Stretch>) -> Self {
        let each = stretches.len();
        let mut writer = Writer {
            bytes: Vec::with_capacity(512 * each),
            large: Vec::with_capacity(8 * each),
            amounts: Vec::with_capacity(128 * each),
        };
        let mut starts = Vec::with_capacity(each);
        for stretch in &mut stretches {
            starts.push([writer.bytes.len(), writer.large.len(), writer.amounts.len()].map(|at| at as u32));
            stretch.each(&mut writer);
        }
        Packed {
            bytes: writer.bytes.into(),
            large: writer.large.into(),
            amounts: writer.amounts.into(),
            starts: starts.into(),
        }
    }

    /// Adds one stretch to `sum`, which has a place for every count.
    pub fn add_to(&self, stretch: usize, sum: &mut Stretch) {
        let [bytes, large, amounts] = self.starts[stretch].map(|start| start as usize);
        let (large, amounts) = (self.large[large..].iter(), self.amounts[amounts..].iter());
        sum.each(&mut Adder { bytes: &self.bytes[bytes..], large, amounts });
    }
}

/// Writes numbers down.
struct Writer {
    bytes: Vec<u8>,
    large: Vec<u32>,
    amounts: Vec<f64>,
}

impl Visit for Writer {
    #[inline]
    fn counts<const N: usize>(&mut self, counts: [&mut u32; N]) {
        let bytes = counts.map(|count| {
            u8::try_from(*count).ok().filter(|byte| *byte != LARGE).unwrap_or_else(|| {
                self.large.push(*count);
                LARGE
            })
        });
        self.bytes.extend_from_slice(&bytes);
    }

    #[inline]
    fn amounts<const N: usize>(&mut self, amounts: [&mut f64; N]) {
        let mut present = 0_u16;
        for (place, amount) in amounts.into_iter().enumerate() {
            if *amount != 0.0 {
                present |= 1 << place;
                self.amounts.push(*amount);
            }
        }
        self.bytes.extend_from_slice(&present.to_le_bytes());
    }
}

/// Reads numbers in the order in which they were written, and adds each to what stands there.
struct Adder<'a> {
    bytes: &'a [u8],
    large: std::slice::Iter<'a, u32>,
    amounts: std::slice::Iter<'a, f64>,
}

/// Why reading cannot fail.
const IN_ORDER: &str = "a stretch is read in the order in which it was written";

impl<'a> Adder<'a> {
    #[inline]
    fn next<const N: usize>(&mut self) -> &'a [u8; N] {
        let (next, rest) = self.bytes.split_first_chunk().expect(IN_ORDER);
        self.bytes = rest;
        next
    }
}

impl Visit for Adder<'_> {
    #[inline]
    fn counts<const N: usize>(&mut self, counts: [&mut u32; N]) {
        for (count, byte) in counts.into_iter().zip(self.next::<N>()) {
            *count += match *byte {
                LARGE => *self.large.next().expect(IN_ORDER),
                small => u32::from(small),
            };
        }
    }

    #[inline]
    fn amounts<const N: usize>(&mut self, amounts: [&mut f64; N]) {
        let present = u16::from_le_bytes(*self.next());
        if present == 0 {
            return;
        }
        for (place, amount) in amounts.into_iter().enumerate() {
            if present & 1 << place != 0 {
                *amount += self.amounts.next().expect(IN_ORDER);
            }
        }
    }
}

/// Sets every number to nothing, so that a sum can begin.
pub(super) struct Clear;

impl Visit for Clear {
    fn counts<const N: usize>(&mut self, counts: [&mut u32; N]) {
        counts.into_iter().for_each(|count| *count = 0);
    }

    fn amounts<const N: usize>(&mut self, amounts: [&mut f64; N]) {
        amounts.into_iter().for_each(|amount| *amount = 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Tally, TierStretch};
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
        fn counts<const N: usize>(&mut self, counts: [&mut u32; N]) {
            counts.into_iter().for_each(|count| *count = self.next().0);
        }

        fn amounts<const N: usize>(&mut self, amounts: [&mut f64; N]) {
            amounts.into_iter().for_each(|amount| *amount = self.next().1);
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
        fn nothing_is_lost(numbers in prop::collection::vec((prop_oneof![0..3_u32, 250..260_u32, any::<u32>()], prop::num::f64::NORMAL | prop::num::f64::ZERO), 7..90)) {
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
