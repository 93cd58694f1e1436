//! Plans that once said more than their trials showed: each case is a command that gave a wrong sentence.

use super::cli::{Place, TEMPLATE};
use super::mended_inputs::told;

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_promise_under_which_nothing_falls_is_refused() {
    let place = Place::new("about-nothing");
    let short = ["--set", "horizon.end=2026-02-20", "--clause", "M1", "--no-out"];
    for command in ["size", "fix", "sensitivity", "stress"] {
        let (code, _, said) = told(&place, &[&[command, TEMPLATE], &short[..]].concat());
        assert_eq!(code, 2, "{command}: {said}");
        assert!(said.contains("nothing falls under M1") && said.contains("--clause ("), "{command}: {said}");
    }
}

/// The third of four values is enough and no other: a search that trusted their order would stop before it. At 40 quarters the error of one
/// size is 1 % / 4; none of the sizes lies within 40 points of the half that is wanted.
#[test]
fn a_search_without_an_answer_plays_what_it_passed_over() {
    let place = Place::new("passed-over");
    let over = "commitments.S1.within=15 business min,16 business min,5 business hours,17 business min";
    let some = ["--probability", "0.5", "--at-most", "40", "--confirm", "0", "--no-out"];
    let (code, page, said) = told(&place, &[&["size", TEMPLATE, "--over", over], &some[..]].concat());
    assert_eq!(code, 0, "{said}");
    let page = joined(&page);
    assert!(page.contains("within = 5 business hours") && page.contains("the smallest team"), "{page}");
    assert!(page.contains("Today's commitments.S1.within = 15 business min hold"), "today is known: {page}");
}

#[test]
fn a_list_written_downwards_gives_the_same_answer() {
    let place = Place::new("downwards");
    let answer = |over: &str| {
        let sweep = ["sweep", TEMPLATE, "--over", over, "--trials", "20", "--no-out", "-q"];
        let page = joined(&told(&place, &sweep).1);
        let from = page.find("reaches the").expect("it says where");
        page[from..].split(';').next().expect("a sentence").split('.').next().expect("a sentence").to_owned()
    };
    let down = answer("commitments.S1.within=5 business hours,4 business hours,15 business min");
    let up = answer("commitments.S1.within=15 business min,4 business hours,5 business hours");
    assert_eq!(down, up);
    assert!(down.contains("4 business hours") && !down.contains("up to"), "{down}");
}

#[test]
fn volumes_that_are_no_plan_are_refused_or_remarked_on() {
    let place = Place::new("no-plan");
    let numbers = ["volume", "--goal", "2M", "--amount", "40k", "--rate", "25%", "--no-out"];
    let (code, _, said) = told(&place, &[&numbers[..], &["--volume-cv", "2"]].concat());
    assert!(code == 2 && said.contains("must lie between 0 and 1"), "{said}");
    let (code, page, said) = told(&place, &[&numbers[..], &["--rate-from", "1000"]].concat());
    assert!(code == 0 && joined(&page).contains("known from 1,200 MQLs instead of 1,000"), "{said} {page}");
    let small = ["volume", "--goal", "2", "--amount", "40k", "--rate", "25%", "--no-out"];
    assert!(told(&place, &small).2.contains("less than one deal of $40K"));
    let (code, _, said) = told(&place, &["volume", "--goal", "-2M", "--amount", "40k", "--no-out"]);
    assert!(code == 2 && said.contains("above zero"), "{said}");
    let nobody = ["volume", TEMPLATE, "--goal", "2M", "--team", "nobody", "--no-out"];
    let (code, _, said) = told(&place, &nobody);
    assert!(code == 2 && said.contains("no such group") && said.contains("reps"), "{said}");
}

#[test]
fn too_few_quarters_are_said_to_be_too_few() {
    let place = Place::new("too-few");
    let vary = ["--vary", "team.reps.pace=0.9..1.1", "--only", "--trials", "20", "--no-out"];
    let page = joined(&told(&place, &[&["sensitivity", TEMPLATE], &vary[..]].concat()).1);
    assert!(page.contains("20 quarters are too few to say which input decides"), "{page}");
    assert!(!page.contains("beyond chance") && !page.contains(" ~ "), "{page}");
    let line = ["--line", "more: team.reps.count=12", "--trials", "20", "--no-out"];
    let page = joined(&told(&place, &[&["compare", TEMPLATE], &line[..]].concat()).1);
    assert!(page.contains("are too few to say") && !page.contains("loses nothing"), "{page}");
}
