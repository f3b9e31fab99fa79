//! The form that makes a story of a file: first what was understood is shown, then it is imported. Without a script it
//! is posted as it is.

use domain::{Bookshelf, Changed, FileLevel, Format, Genre, ManuscriptFile};
use leptos::{ev, html, prelude::*, server_fn::ServerFn};

use super::{
    understood::UnderstoodView,
    upload::{Upload, upload},
};
use crate::{
    AppError,
    api::import::{ImportStory, Imported, PreviewImport, Understood},
    cache::{Browser, Reading, action},
    components::{
        FormChoice, FormError,
        count::{counted, grouped},
        kinds,
    },
};

/// Drop area, choices, what was understood, progress and result.
#[component]
pub fn ImportForm(stories: Reading<Bookshelf>) -> impl IntoView {
    let (state, over) = (RwSignal::new(Upload::Idle), RwSignal::new(false));
    let (error, understood) = (RwSignal::new(None), RwSignal::new(None::<Understood>));
    let levels = RwSignal::new(Vec::<FileLevel>::new());
    let browser = StoredValue::new(Browser::current());
    let (form, input) = (NodeRef::<html::Form>::new(), NodeRef::<html::Input>::new());
    let refused = move |wrong: AppError| {
        state.try_set(Upload::Idle);
        error.try_set(Some(wrong));
    };
    let submit = move |event: ev::SubmitEvent| {
        let (Some(form), Some(file)) = (form.get_untracked(), chosen(input)) else { return };
        event.prevent_default();
        if matches!(state.get_untracked(), Upload::Sending { .. }) {
            return;
        }
        error.set(None);
        // Known before 16 MB have travelled.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
        let bytes = file.size() as usize;
        if bytes > ManuscriptFile::MOST_BYTES {
            let large = domain::ImportError::TooLarge { bytes };
            error.set(Some(AppError::Invalid(large.to_string())));
            return;
        }
        let sent = form.clone();
        if understood.with_untracked(Option::is_none) {
            upload(PreviewImport::PATH, &sent, ("levels", ""), file.name(), state, move |answer| match answer {
                Ok::<Understood, _>(answer) => {
                    state.try_set(Upload::Idle);
                    choose("import-genre", answer.genre.map(Genre::slug));
                    choose("import-format", answer.format.map(Format::slug));
                    levels.try_set(answer.outline.iter().map(|heading| heading.level).collect());
                    understood.try_set(Some(answer));
                }
                Err(wrong) => refused(wrong),
            });
            return;
        }
        let said =
            levels.with_untracked(|levels| levels.iter().map(|level| level.slug()).collect::<Vec<_>>().join(" "));
        upload(ImportStory::PATH, &sent, ("levels", &said), file.name(), state, move |answer| match answer {
            Ok::<Changed<Imported>, _>(changed) => {
                let (receipt, imported) = changed.open();
                browser.with_value(|browser| browser.changed(&receipt, vec![], None));
                understood.try_set(None);
                state.try_set(Upload::Done(imported));
                form.reset();
            }
            Err(wrong) => refused(wrong),
        });
    };
    // Another file is another outline.
    let look_again = move |_| {
        error.set(None);
        understood.set(None);
        state.set(Upload::Idle);
    };
    let drag = move |event: ev::DragEvent, is_over: bool| {
        event.prevent_default();
        over.set(is_over);
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let (Some(input), Some(files)) = (input.get_untracked(), files) {
            input.set_files(Some(&files));
            error.set(None);
            understood.set(None);
        }
    };
    view! {
        <form class="card form" action=action(ImportStory::PATH) method="post" enctype="multipart/form-data"
            aria-labelledby="import-title" node_ref=form on:submit=submit>
            <h3 class="card-title" id="import-title">"Import a manuscript"</h3>
            <div class="drop-area" data-testid="drop-area" data-state=move || over.get().then_some("over")
                on:dragover=move |event| drag(event, true) on:dragleave=move |event| drag(event, false) on:drop=drop>
                <label class="field-label" for="import-file">"Drop a file here, or choose one"</label>
                <input class="drop-area-input" id="import-file" type="file" name="file" required node_ref=input on:change=look_again
                    accept=".md,.markdown,.txt,.docx,.epub,.html,.htm,.xhtml,text/markdown,text/plain,text/html"
                    aria-describedby="import-hint" data-testid="import-file" />
                <p class="field-hint" id="import-hint">
                    "Markdown, text, Word (DOCX), EPUB or a web page. Headings become parts and chapters; a line of *** begins a new scene. In Markdown and text, what stands between <!-- and --> is for you alone."
                </p>
            </div>
            {move || understood.get().map(|found| view! { <UnderstoodView found levels stories /> })}
            <div class="form-row">
                <FormChoice id="import-genre" label="Genre" name="genre" options=kinds(Genre::ALL, Genre::slug, Genre::label) />
                <FormChoice id="import-format" label="Format" name="format" options=kinds(Format::ALL, Format::slug, Format::label) />
            </div>
            <label class="row"><input type="checkbox" name="publish" value="true" />"Publish it at once"</label>
            {move || match state.get() {
                Upload::Idle => ().into_any(),
                Upload::Sending { name, percent } => view! { <Progress name percent /> }.into_any(),
                Upload::Done(imported) => view! { <ImportResult imported stories /> }.into_any(),
            }}
            // Beside the button, where the eye is: what was understood may be longer than a screen.
            <FormError error />
            <div class="form-actions">
                <button class="button" data-kind="primary" data-testid="import-button"
                    aria-busy=move || matches!(state.get(), Upload::Sending { .. }).then_some("true")>"Import"</button>
            </div>
        </form>
    }
}

/// Puts what the file says of itself into a list, where its author sees it and may choose otherwise.
fn choose(list: &str, slug: Option<&str>) {
    if let Some((list, slug)) = document().get_element_by_id(list).zip(slug) {
        js_sys::Reflect::set(&list, &"value".into(), &slug.into()).ok();
    }
}

fn chosen(input: NodeRef<html::Input>) -> Option<web_sys::File> {
    input.get_untracked()?.files()?.get(0)
}

#[component]
fn Progress(name: String, percent: u32) -> impl IntoView {
    // All sent: what takes time now is the server's reading.
    let words = if percent < 100 { format!("Sending {name}, {percent} %") } else { format!("Reading {name} …") };
    view! {
        <div class="progress" role="status">
            <progress class="progress-bar" max="100" value=percent aria-label="Import"></progress>
            <span>{words}</span>
        </div>
    }
}

#[component]
fn ImportResult(imported: Imported, stories: Reading<Bookshelf>) -> impl IntoView {
    let Imported { story, title, .. } = imported;
    let href = format!("/studio/edit/story/{story}");
    // Chapters of a story that was there are not found under the file's title.
    let title = move || {
        let known = stories.get().and_then(Result::ok);
        let into = known.and_then(|stories| stories.into_iter().find(|one| one.story == story));
        into.map_or_else(|| title.to_string(), |into| into.title.to_string())
    };
    let facts = format!(": {}, {} words.", counted(imported.chapters, "chapter", "chapters"), grouped(imported.words));
    let notice = imported.notice.map(|notice| format!(" {notice}"));
    view! {
        <p class="notice" data-kind="good" role="status" data-testid="import-result">
            <span class="notice-text">"Imported "<a href=href><Transition>{title}</Transition></a>{facts}{notice}</span>
        </p>
    }
}
