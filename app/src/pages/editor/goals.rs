//! How far an author is: the words written today and in the story, beside how many they mean to write.

use domain::{MyProgress, Progress, StoryTree, WordGoal, grouped};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{desk::Desk, place};
use crate::{
    api::studio::SaveGoals,
    cache::{Reading, use_mutation},
    components::{Answered, Clock, FormError, clock_offset, close_menu, count::counted},
};

const MENU: &str = "goals-menu";

/// The words of today and of the story, and the goals.
#[component]
pub fn Goals(desk: Desk, reading: Reading<MyProgress>) -> impl IntoView {
    view! {
        <div class="goals" data-testid="goals">
            <Answered reading let:progress><Done desk progress /></Answered>
        </div>
    }
}

#[component]
fn Done(desk: Desk, progress: Memo<Progress>) -> impl IntoView {
    let clock = Clock::current();
    let day_goal = Memo::new(move |_| progress.with(|progress| progress.day_goal));
    let story_goal = Memo::new(move |_| desk.tree.with(|tree| tree.word_goal));
    // Which words are today's is known where the author's clocks are.
    let today = Memo::new(move |_| {
        let now = clock.now()?;
        let words = progress.with(|progress| progress.words_on_day(now, clock_offset));
        Some(u32::try_from(words.max(0)).unwrap_or(u32::MAX))
    });
    let whole = Memo::new(move |_| desk.tree.with(words));
    let of_story =
        move || story_goal.get().words().is_some().then(|| line("This story", whole.get(), story_goal.get()));
    view! {
        // First, so that the form has room on a phone.
        <GoalsForm desk day_goal story_goal />
        {move || today.get().map(|today| line("Today", today, day_goal.get()))}
        {of_story}
    }
}

fn words(tree: &StoryTree) -> u32 {
    tree.parts.iter().flat_map(|part| &part.chapters).map(place::words).fold(0, u32::saturating_add)
}

/// So many words of a goal, in words and as a bar; the words alone where there is no goal.
fn line(what: &'static str, words: u32, goal: WordGoal) -> AnyView {
    let Some(most) = goal.words() else {
        return view! { <p class="progress">{format!("{what}: {}", counted(words, "word", "words"))}</p> }.into_any();
    };
    let done = if words >= most { ", done" } else { "" };
    let says = format!("{what}: {} of {}{done}", grouped(words), counted(most, "word", "words"));
    view! {
        <div class="progress goals-progress">
            <p>{says.clone()}</p>
            <progress class="progress-bar" max=most.to_string() value=words.min(most).to_string() aria-label=says></progress>
        </div>
    }
    .into_any()
}

#[component]
fn GoalsForm(desk: Desk, day_goal: Memo<WordGoal>, story_goal: Memo<WordGoal>) -> impl IntoView {
    let save = use_mutation::<SaveGoals>();
    let submit = move |event| {
        save.submit(&event, move |done| {
            if done.is_ok() {
                close_menu(MENU);
            }
        });
    };
    let field = |name: &'static str, label: &'static str, goal: Memo<WordGoal>| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input class="field-input" type="number" name=name min="0" max=WordGoal::MOST.to_string() step="1" inputmode="numeric"
                    placeholder="No goal" data-testid=format!("goal-{name}") prop:value=move || goal.get().to_string()
                    value=goal.get_untracked().to_string() />
            </label>
        }
    };
    view! {
        <div class="menu">
            <button class="button" data-size="small" type="button" popovertarget=MENU data-testid="goals-button">"Goals"</button>
            <form class="menu-list goals-form" data-side="start" id=MENU popover="auto" aria-label="Goals" action=SaveGoals::PATH method="post" on:submit=submit>
                <FormError error=save.error() />
                <input type="hidden" name="story" value=desk.story.to_string() />
                {field("day", "Words a day, in all your stories", day_goal)}
                {field("whole", "Words of this story in all", story_goal)}
                <button class="button" data-kind="primary" aria-busy=move || save.is_under_way().then_some("true")>"Save"</button>
            </form>
        </div>
    }
}
