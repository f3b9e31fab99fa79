//! A chapter's schedule: the form that makes one, and the form that takes it away. Both work without a script.

use domain::{ChapterId, NotPublished};
use leptos::{html, prelude::*, server_fn::ServerFn};
use wasm_bindgen::JsValue;

use crate::{
    AppError,
    api::studio::{ScheduleChapter, UnscheduleChapter},
    cache::{Browser, use_mutation},
    components::{FormError, offer_undo, use_toasts},
};

/// Chooses the moment at which a chapter goes out.
#[component]
pub fn ScheduleForm(chapter: ChapterId) -> impl IntoView {
    let schedule = use_mutation::<ScheduleChapter>();
    let (toasts, browser) = (use_toasts(), StoredValue::new(Browser::current()));
    let zone = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = zone.get()
            && let Some(name) = own_zone()
        {
            input.set_value(&name);
        }
    });
    let submit = move |event| {
        let browser = browser.get_value();
        schedule.submit(&event, move |done| {
            if done.is_ok() {
                offer_undo(toasts, browser, "Scheduled. It goes out by itself.", UnscheduleChapter { chapter });
            }
        });
    };
    let is_twice = move || schedule.error().get() == Some(AppError::NotPublished(NotPublished::Twice));
    view! {
        <form class="form" action=ScheduleChapter::PATH method="post" on:submit=submit aria-label="Schedule">
            <input type="hidden" name="chapter" value=chapter.to_string() />
            <FormError error=schedule.error() />
            <div class="form-row">
                <label class="field">
                    <span class="field-label">"Publish at"</span>
                    <input class="field-input" type="datetime-local" name="local" required data-testid="schedule-local" />
                </label>
                <label class="field">
                    <span class="field-label">"Time zone"</span>
                    <input class="field-input" name="zone" value="UTC" required autocomplete="off" spellcheck="false"
                        node_ref=zone data-testid="schedule-zone" />
                </label>
            </div>
            {move || is_twice().then(|| view! {
                <label class="field">
                    <span class="field-label">"Which of the two is meant"</span>
                    <select class="field-input" name="which" data-testid="schedule-which">
                        <option value="earlier">"The first, before clocks are set back"</option>
                        <option value="later">"The second, after that"</option>
                    </select>
                </label>
            })}
            <div class="form-actions">
                <button class="button" data-testid="schedule-button"
                    aria-busy=move || schedule.is_under_way().then_some("true")>"Schedule"</button>
            </div>
        </form>
    }
}

/// Takes the schedule away.
#[component]
pub fn UnscheduleForm(chapter: ChapterId) -> impl IntoView {
    let unschedule = use_mutation::<UnscheduleChapter>();
    view! {
        <form action=UnscheduleChapter::PATH method="post" on:submit=move |event| unschedule.submit(&event, |_| ())>
            <input type="hidden" name="chapter" value=chapter.to_string() />
            <FormError error=unschedule.error() />
            <button class="button" data-testid="unschedule-button">"Keep it a draft"</button>
        </form>
    }
}

/// The time zone of this browser, if it tells.
fn own_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    js_sys::Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone")).ok()?.as_string()
}
