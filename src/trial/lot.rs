//! What a rep takes next where equals go by lot: any piece of waiting work of the best rank, each with the same chance.

use super::choose::{From, first_in_line, first_of_own, may_take, own_task_due, wanted};
use super::luck::of_rep;
use super::pool::Item;
use super::put_down;
use super::watch::Watch;
use super::world::World;
use crate::model::RepId;

/// Takes, of all that waits for the rep and shares the best rank, any piece with the same chance.
pub(super) fn by_lot<W: Watch>(world: &mut World<'_, '_, W>, rep: RepId) -> Option<Item> {
    let order = &world.group(rep).order;
    let mut places: Vec<(From, u8, i64)> = Vec::new();
    places.extend(first_of_own(world, rep).map(|item| (From::Line, item.rank(), item.order())));
    for line in 0..world.pool.lines.len() {
        let item = first_in_line(world, line).filter(|item| may_take(world, rep, item));
        places.extend(item.map(|item| (From::Pool(line), item.what.rank(order), item.order())));
    }
    places.extend(own_task_due(world, rep).map(|item| (From::Desk, item.rank(), item.order())));
    let best = places.iter().map(|(_, rank, _)| *rank).min()?;
    places.retain(|(_, rank, _)| *rank == best);
    // What was put down stands before all that nobody has begun, whichever line it lies in.
    if let Some(first) =
        places.iter().map(|place| place.2).min().filter(|order| put_down::is_place_of(*order))
    {
        places.retain(|place| place.2 == first);
        places.truncate(1);
    }
    let places: Vec<(From, u8)> = places.iter().map(|(from, rank, _)| (*from, *rank)).collect();
    draw(world, rep, &places)
}

/// Draws among all pieces of work in these places; a void one that is drawn leaves, and the lot is cast again. Each place holds a piece
/// that is wanted.
pub(super) fn draw<W: Watch>(
    world: &mut World<'_, '_, W>,
    rep: RepId,
    places: &[(From, u8)],
) -> Option<Item> {
    let person = &world.model.reps[rep.0 as usize];
    let key = world.group_keys[person.group].child(u64::from(person.ordinal));
    loop {
        let tickets = |from: From| match from {
            From::Line => world.desk(rep).line.tickets(),
            From::Pool(line) => world.pool.lines[line].tickets(),
            From::Desk => 1,
        };
        let many: Vec<usize> = places.iter().map(|(from, _)| tickets(*from)).collect();
        let all: usize = many.iter().sum();
        let draws = &mut world.pool.draws[rep.0 as usize];
        *draws = draws.wrapping_add(1);
        let mut ticket = ((key.uniform(of_rep::LOT, *draws) * all as f64) as usize).min(all.checked_sub(1)?);
        let mut place = 0;
        while ticket >= many[place] {
            ticket -= many[place];
            place += 1;
        }
        let item = match places[place].0 {
            From::Line => world.desk_mut(rep).line.take(ticket)?,
            From::Pool(line) => world.pool.take(line, ticket)?,
            From::Desk => {
                let item = own_task_due(world, rep);
                world.desk_mut(rep).own_task_begun();
                return item;
            }
        };
        if wanted(&world.leads, &item) {
            return Some(item);
        }
    }
}
