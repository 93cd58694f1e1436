//! How long first responses of one trial took, each turned into seconds and its bucket once, in eight bytes and in order.

use super::block::CLOCKS;
use crate::stats::{BUCKETS_PER_OCTAVE, Bucket};
use crate::trial::{Response, Responses};

/// One first response, ordered by how long it took. From the top: its bucket, seconds as the bits of a number in single precision (in the
/// order of the numbers, since none is below zero), the stretch in which the lead was routed, its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Timed(u64);

const CLASS_BITS: u32 = 1;
const STRETCH_BITS: u32 = 15;
const SECONDS_BITS: u32 = 32;

impl Timed {
    fn of(response: Response) -> Self {
        let seconds = response.seconds();
        let bucket = Bucket::<BUCKETS_PER_OCTAVE>::of(seconds).number();
        let time = u64::from(bucket) << SECONDS_BITS | u64::from((seconds as f32).to_bits());
        let place = (response.stretch() << CLASS_BITS | response.class()) as u64;
        Timed(time << (STRETCH_BITS + CLASS_BITS) | place)
    }

    /// How long it took, in seconds.
    #[inline]
    pub fn seconds(self) -> f32 {
        f32::from_bits((self.0 >> (STRETCH_BITS + CLASS_BITS)) as u32)
    }

    /// The bucket of that time.
    #[inline]
    pub fn bucket(self) -> Bucket<BUCKETS_PER_OCTAVE> {
        Bucket::numbered((self.0 >> (SECONDS_BITS + STRETCH_BITS + CLASS_BITS)) as u16)
    }

    /// The stretch in which the lead was routed.
    #[inline]
    pub fn stretch(self) -> usize {
        (self.0 >> CLASS_BITS) as usize & ((1 << STRETCH_BITS) - 1)
    }

    /// 0 in hours, 1 after hours.
    #[inline]
    pub fn class(self) -> usize {
        (self.0 & ((1 << CLASS_BITS) - 1)) as usize
    }
}

/// First responses of one tier, or of all.
#[derive(Debug, Default)]
pub(super) struct TimedResponses {
    /// On the SLA clock and the lead clock, the quickest first.
    pub clocks: [Vec<Timed>; CLOCKS],
    /// Leads that were never attempted; their time says nothing.
    pub never: Vec<Timed>,
}

impl TimedResponses {
    /// Those of one tier, in any order.
    pub fn of(responses: Responses) -> Self {
        let timed =
            |responses: Vec<Response>| -> Vec<Timed> { responses.into_iter().map(Timed::of).collect() };
        let mut clocks = [timed(responses.sla), timed(responses.lead)];
        clocks.iter_mut().for_each(|times| times.sort_unstable());
        TimedResponses { clocks, never: timed(responses.never) }
    }

    /// Those of all tiers.
    pub fn together(tiers: &[TimedResponses]) -> Self {
        let mut all = TimedResponses::default();
        for (clock, times) in all.clocks.iter_mut().enumerate() {
            *times = tiers.iter().flat_map(|tier| &tier.clocks[clock]).copied().collect();
            // A stable sort knows lists that stand one behind the other in order.
            times.sort();
        }
        all.never = tiers.iter().flat_map(|tier| &tier.never).copied().collect();
        all
    }
}
