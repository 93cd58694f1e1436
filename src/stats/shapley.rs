//! Sharing out fairly what several things bring about together: Shapley values, over all orders or along orders drawn by lot.
//!
//! A game says for every set of players ("coalition") what that set is worth. A player's share is the mean, over all orders in which
//! players can join, of what the worth rises by when this player joins (Shapley 1953). Shares add up to the worth of all minus the
//! worth of none, in every order taken alone and so in every mean of orders.

use crate::random::Key;

/// Which players have joined: bit `i` stands for player `i`.
pub type Coalition = u32;

/// Most players whose orders are all taken: 32 coalitions.
pub const MOST_PLAYERS_IN_ALL_ORDERS: usize = 5;

/// Which orders of joining are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Orders {
    /// All of them, through every coalition.
    All,
    /// One drawn by lot and the same one backwards (Castro, Gómez and Tejada 2009, with antithetic orders as in Mitchell et al. 2022).
    DrawnPair,
}

impl Orders {
    /// All orders where players are few, else a drawn pair.
    pub fn for_players(players: usize) -> Orders {
        if players <= MOST_PLAYERS_IN_ALL_ORDERS { Orders::All } else { Orders::DrawnPair }
    }

    /// The coalitions whose worth must be known, ascending, each once. `luck` draws the order.
    pub fn coalitions(self, players: usize, luck: Key) -> Vec<Coalition> {
        let mut needed: Vec<Coalition> = match self {
            Orders::All => (0..=everybody(players)).collect(),
            Orders::DrawnPair => {
                let (there, back) = drawn_pair(players, luck);
                on_the_way(&there).chain(on_the_way(&back)).collect()
            }
        };
        needed.sort_unstable();
        needed.dedup();
        needed
    }

    /// Every player's share, in the unit of `worth`, which is asked about [`Orders::coalitions`] only.
    pub fn shares(self, players: usize, luck: Key, worth: impl Fn(Coalition) -> f64) -> Vec<f64> {
        match self {
            Orders::All => exact(players, worth),
            Orders::DrawnPair => {
                let (there, back) = drawn_pair(players, luck);
                let both = along(&there, &worth).into_iter().zip(along(&back, &worth));
                both.map(|(there, back)| (there + back) / 2.0).collect()
            }
        }
    }
}

/// All players together.
pub fn everybody(players: usize) -> Coalition {
    (1 << players) - 1
}

/// Shapley values of a game by its definition over coalitions: what `i` adds to `S` weighs |S|! (n − |S| − 1)! / n! (Shapley 1953).
pub fn exact(players: usize, worth: impl Fn(Coalition) -> f64) -> Vec<f64> {
    let worths: Vec<f64> = (0..=everybody(players)).map(worth).collect();
    // n! / (|S|! (n − |S| − 1)!) is n times the number of ways to choose |S| of the n − 1 others
    let mut ways = 1.0;
    let weights: Vec<f64> = (0..players)
        .map(|size| {
            let weight = 1.0 / (players as f64 * ways);
            ways = ways * (players - 1 - size) as f64 / (size + 1) as f64;
            weight
        })
        .collect();
    let share = |player: usize| {
        let bit = 1 << player;
        let without = (0..worths.len()).filter(|coalition| coalition & bit == 0);
        without.map(|s| weights[s.count_ones() as usize] * (worths[s | bit] - worths[s])).sum()
    };
    (0..players).map(share).collect()
}

/// What each player adds when they join in this order; by player, not by place in the order.
pub fn along(order: &[usize], worth: impl Fn(Coalition) -> f64) -> Vec<f64> {
    let mut shares = vec![0.0; order.len()];
    let worths: Vec<f64> = on_the_way(order).map(worth).collect();
    for (place, player) in order.iter().enumerate() {
        shares[*player] = worths[place + 1] - worths[place];
    }
    shares
}

/// The coalitions that an order passes through, from nobody to everybody.
fn on_the_way(order: &[usize]) -> impl Iterator<Item = Coalition> + '_ {
    let joined = order.iter().scan(0, |coalition: &mut Coalition, player| {
        *coalition |= 1 << player;
        Some(*coalition)
    });
    std::iter::once(0).chain(joined)
}

/// An order in which every one is equally likely, and the same one backwards.
fn drawn_pair(players: usize, luck: Key) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..players).collect();
    // Fisher and Yates (1938), as Durstenfeld (1964) wrote it
    for last in (1..players).rev() {
        let place = (luck.uniform(0, last as u32) * (last + 1) as f64) as usize;
        order.swap(place.min(last), last);
    }
    let back = order.iter().rev().copied().collect();
    (order, back)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: &[f64], other: &[f64]) {
        assert_eq!(one.len(), other.len());
        assert!(one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12), "{one:?} against {other:?}");
    }

    /// A left glove and two right ones: only a pair is worth something, and who has the rare glove gets 2/3 (a textbook game, by hand).
    fn gloves(coalition: Coalition) -> f64 {
        let (left, right) = (coalition & 1, coalition >> 1 & 1 | coalition >> 2 & 1);
        f64::from(left & right)
    }

    /// A runway for planes that need 8, 11 and 13: each stretch is paid by those who need it (Littlechild and Owen 1973), by hand
    /// 8/3, 8/3 + 3/2, 8/3 + 3/2 + 2.
    fn runway(coalition: Coalition) -> f64 {
        let needs = [8.0, 11.0, 13.0];
        (0..3).filter(|p| coalition & 1 << p != 0).map(|p| needs[p]).fold(0.0, f64::max)
    }

    #[test]
    fn small_games_have_the_shares_worked_out_by_hand() {
        near(&exact(3, gloves), &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]);
        near(&exact(3, runway), &[8.0 / 3.0, 8.0 / 3.0 + 1.5, 8.0 / 3.0 + 3.5]);
        // one player takes all; nobody is a game too
        near(&exact(1, |s| 5.0 + f64::from(s) * 2.0), &[2.0]);
        near(&exact(0, |_| 3.0), &[]);
    }

    #[test]
    fn without_interaction_a_share_is_what_a_player_brings_alone() {
        let brings = [3.0, -1.0, 0.0, 2.5];
        let worth = |s: Coalition| (0..4).filter(|p| s & 1 << p != 0).map(|p| brings[p]).sum::<f64>();
        near(&exact(4, worth), &brings);
        near(&Orders::DrawnPair.shares(4, Key::root(1), worth), &brings);
    }

    /// A crooked game of six: what two bring together is not what each brings alone.
    fn crooked(coalition: Coalition) -> f64 {
        let s = f64::from(coalition);
        (s * 0.37).sin() * 10.0 + f64::from(coalition.count_ones()).powi(2)
    }

    #[test]
    fn shares_add_up_to_everybody_minus_nobody_whatever_the_orders() {
        for players in 1..=6 {
            let whole = crooked(everybody(players)) - crooked(0);
            for seed in 0..50 {
                for orders in [Orders::All, Orders::DrawnPair] {
                    let shares = orders.shares(players, Key::root(seed), crooked);
                    assert!((shares.iter().sum::<f64>() - whole).abs() < 1e-9, "{players} {orders:?}");
                }
            }
        }
    }

    #[test]
    fn equal_players_share_alike_and_one_who_changes_nothing_gets_nothing() {
        // players 0 and 2 are alike, 1 changes nothing
        let worth = |s: Coalition| f64::from((s & 1) + (s >> 2 & 1)).powi(3) + f64::from(s >> 3 & 1) * 7.0;
        let shares = exact(4, worth);
        assert!((shares[0] - shares[2]).abs() < 1e-12 && shares[1] == 0.0, "{shares:?}");
        assert_eq!(Orders::DrawnPair.shares(4, Key::root(3), worth)[1], 0.0);
    }

    #[test]
    fn only_coalitions_that_were_named_are_asked_about() {
        for seed in 0..20 {
            let luck = Key::root(seed);
            let named = Orders::DrawnPair.coalitions(8, luck);
            assert!(named.len() <= 16 && named.contains(&0) && named.contains(&everybody(8)), "{named:?}");
            Orders::DrawnPair.shares(8, luck, |s| {
                assert!(named.binary_search(&s).is_ok(), "{s:b} was not named");
                0.0
            });
        }
        assert_eq!(Orders::All.coalitions(3, Key::root(1)), (0..8).collect::<Vec<Coalition>>());
        assert_eq!((Orders::for_players(5), Orders::for_players(6)), (Orders::All, Orders::DrawnPair));
    }

    /// The mean of many drawn pairs is the exact share. False alarm about 6e-5 a share (4 standard errors), six shares, seeds fixed.
    #[test]
    fn drawn_orders_are_right_on_average() {
        let draws = 20_000;
        let each: Vec<Vec<f64>> =
            (0..draws).map(|n| Orders::DrawnPair.shares(6, Key::root(11).child(n), crooked)).collect();
        for (player, share) in exact(6, crooked).into_iter().enumerate() {
            let values: Vec<f64> = each.iter().map(|shares| shares[player]).collect();
            let mean = values.iter().sum::<f64>() / draws as f64;
            let spread = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (draws - 1) as f64;
            let error = (spread / draws as f64).sqrt();
            assert!((mean - share).abs() < 4.0 * error, "player {player}: {mean} against {share}, {error}");
        }
    }
}
