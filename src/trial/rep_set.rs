//! A set of reps that finds "the next one in the rotation" at once, however large the team.

use crate::model::RepId;

/// Reps as bits, 64 a word: ten thousand reps are 157 words, so a search costs tens of nanoseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RepSet {
    words: Vec<u64>,
    count: u32,
}

impl RepSet {
    pub fn empty(reps: usize) -> Self {
        RepSet { words: vec![0; reps.div_ceil(64)], count: 0 }
    }

    pub fn from_fn(reps: usize, member: impl Fn(usize) -> bool) -> Self {
        let mut set = RepSet::empty(reps);
        (0..reps).filter(|&i| member(i)).for_each(|i| set.set(RepId(i as u32), true));
        set
    }

    #[inline]
    pub fn contains(&self, rep: RepId) -> bool {
        self.words[rep.0 as usize / 64] >> (rep.0 % 64) & 1 == 1
    }

    #[inline]
    pub fn set(&mut self, rep: RepId, member: bool) {
        let word = &mut self.words[rep.0 as usize / 64];
        let bit = 1u64 << (rep.0 % 64);
        let was = *word & bit != 0;
        if member && !was {
            *word |= bit;
            self.count += 1;
        } else if !member && was {
            *word &= !bit;
            self.count -= 1;
        }
    }

    /// Takes a member out, or a rep who is none in.
    #[inline]
    pub fn flip(&mut self, rep: RepId) {
        let word = &mut self.words[rep.0 as usize / 64];
        *word ^= 1 << (rep.0 % 64);
        self.count = if *word >> (rep.0 % 64) & 1 == 1 { self.count + 1 } else { self.count - 1 };
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first rep at or after `start`, going round, who is in this set and in `also`, but not among the few in `not`.
    pub fn next_from(&self, start: u32, also: &RepSet, not: &[RepId]) -> Option<RepId> {
        let words = self.words.len();
        if self.count == 0 {
            return None;
        }
        if let ([mine], [also], []) = (self.words.as_slice(), also.words.as_slice(), not) {
            let (both, from) = (mine & also, !0 << (start % 64));
            let next = if both & from != 0 { both & from } else { both };
            return (both != 0).then(|| RepId(next.trailing_zeros()));
        }
        let first = start as usize / 64 % words;
        for step in 0..=words {
            let at = (first + step) % words;
            let mut word = self.words[at] & also.words[at];
            if step == 0 {
                word &= !0 << (start % 64);
            } else if step == words {
                word &= !(!0 << (start % 64));
            }
            for rep in not.iter().filter(|rep| rep.0 as usize / 64 == at) {
                word &= !(1 << (rep.0 % 64));
            }
            if word != 0 {
                return Some(RepId((at * 64) as u32 + word.trailing_zeros()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn several_are_passed_over_across_words() {
        let set = RepSet::from_fn(130, |i| i >= 60);
        let not = [60, 61, 63, 64, 129].map(RepId);
        let next = |start| set.next_from(start, &set, &not);
        assert_eq!((next(0), next(63), next(129)), (Some(RepId(62)), Some(RepId(65)), Some(RepId(62))));
        assert_eq!(set.next_from(0, &RepSet::from_fn(130, |i| i == 64), &not), None);
    }

    proptest! {
        #[test]
        fn the_rotation_agrees_with_a_plain_search(
            members in prop::collection::vec(any::<bool>(), 1..200),
            also in prop::collection::vec(any::<bool>(), 200),
            start in 0u32..200,
            not in prop::collection::vec(0u32..200, 0..5),
        ) {
            let n = members.len();
            let start = start % n as u32;
            let set = RepSet::from_fn(n, |i| members[i]);
            let other = RepSet::from_fn(n, |i| also[i]);
            let expected = (0..n as u32).map(|k| (start + k) % n as u32)
                .find(|&i| members[i as usize] && also[i as usize] && !not.contains(&i)).map(RepId);
            let not: Vec<RepId> = not.into_iter().map(RepId).collect();
            prop_assert_eq!(set.next_from(start, &other, &not), expected);
            prop_assert_eq!(set.count as usize, members.iter().filter(|m| **m).count());
        }
    }
}
