//! Which story something is about: a choice among those that are out.

use domain::{CataloguePage, Event, Format, StoryCard};
use leptos::{prelude::*, task::spawn_local};

use crate::cache::Browser;

/// The stories to choose from; a handle to them. They are asked for when a person is about to choose: most visitors of
/// a page never do.
#[derive(Clone, Copy)]
pub struct Stories {
    browser: StoredValue<Browser>,
    catalogues: RwSignal<Vec<(Format, Vec<StoryCard>)>>,
    asked: StoredValue<bool>,
}

impl Stories {
    /// None yet.
    pub fn begin() -> Self {
        Self {
            browser: StoredValue::new(Browser::current()),
            catalogues: RwSignal::new(vec![]),
            asked: StoredValue::new(false),
        }
    }

    /// A person is about to choose.
    pub fn ask(self) {
        if self.asked.get_value() {
            return;
        }
        self.asked.set_value(true);
        let browser = self.browser.get_value();
        spawn_local(async move {
            for &format in Format::ALL {
                let Ok(answer) = browser.read(&CataloguePage::first(format, None), Event::Wanted).await else {
                    // The next who comes near tries again.
                    self.catalogues.try_update(Vec::clear);
                    self.asked.try_set_value(false);
                    return;
                };
                self.catalogues.try_update(|catalogues| catalogues.push((format, answer.entry.value.stories)));
            }
        });
    }
}

/// A select for a form's `about`. Who chooses none says nothing of it.
#[component]
pub fn StoryChoice(stories: Stories, chosen: RwSignal<String>) -> impl IntoView {
    let name = move || (!chosen.with(String::is_empty)).then_some("about");
    let option = |card: &StoryCard| {
        let (id, words) = (card.story.to_string(), format!("{}, by {}", card.title, card.author.name));
        view! { <option value=id>{words}</option> }
    };
    let catalogue = move |(format, cards): &(Format, Vec<StoryCard>)| {
        view! { <optgroup label=format.label()>{cards.iter().map(option).collect_view()}</optgroup> }
    };
    view! {
        <div class="field">
            <label class="field-label" for="compose-about">"About"</label>
            <select class="field-input" id="compose-about" name=name prop:value=chosen
                on:change=move |event| chosen.set(event_target_value(&event))>
                <option value="">"No story in particular"</option>
                {move || stories.catalogues.with(|catalogues| catalogues.iter().map(catalogue).collect_view())}
            </select>
        </div>
    }
}
