//! The port to the browser around a tab: clocks, storage, cookies, timers. Tests bring a browser of their own.

use std::{cell::Cell, pin::Pin, time::Duration};

use abreast_core::{Clocks, Millis};
use leptos::{
    prelude::{document, request_idle_callback_with_handle, set_timeout, window},
    task::spawn_local,
};
use server_fn::{
    ContentType,
    client::{Client, browser::BrowserClient},
    request::ClientReq,
    response::ClientRes,
};
use wasm_bindgen::JsCast;
use web_sys::VisibilityState;

use crate::{
    Failed, JsonEncoding,
    storage::{KeyValue, Local, OfTab},
};

/// How a question's arguments are encoded.
const FORM: &str = "application/x-www-form-urlencoded";

/// Where a browser doesn't tell when it is idle, it is taken to be so after this.
const SURELY_IDLE: Duration = Duration::from_millis(200);

/// After this it is done in any case: a page that draws nothing is never said to be idle.
const AT_LAST: Duration = Duration::from_secs(2);

/// A task that the page does beside all else.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()>>>;
/// Something to be done once.
pub(crate) type Once = Box<dyn FnOnce()>;

/// What the server replied to a question.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) text: String,
}

/// A reply that is on its way.
pub(crate) type Replying = Pin<Box<dyn Future<Output = Result<Reply, String>> + Send>>;

/// What the browser around a tab can do.
pub(crate) trait Host: Send + Sync {
    /// The time: by the wall clock, for people and for records that outlive this page, and by the monotonic one.
    fn clocks(&self) -> Clocks;
    /// A number from 0 up to 1.
    fn chance(&self) -> f64;
    /// Whether the browser believes to be online.
    fn is_online(&self) -> bool;
    /// Whether the page is the one in front.
    fn is_in_front(&self) -> bool;

    /// A cookie that scripts may see.
    fn cookie(&self, name: &str) -> Option<String>;
    /// Sets such a cookie.
    fn set_cookie(&self, cookie: &str);
    /// localStorage, if the browser has it.
    fn local(&self) -> Option<&dyn KeyValue>;
    /// The tab's own storage, if the browser has it.
    fn of_tab(&self) -> Option<&dyn KeyValue>;

    /// Asks the server for what is at an address of this site. If no reply comes, says why.
    fn get(&self, address: String) -> Replying;

    /// Does this beside all else.
    fn spawn(&self, task: Task);
    /// Does this later.
    fn later(&self, after: Duration, run: Once);
    /// Does this when the page has nothing else to do.
    fn when_idle(&self, run: Once);
    /// Takes all off the screen at once, and loads the page anew.
    fn close_page(&self);
}

/// The real browser's window.
pub(crate) struct Window;

impl Host for Window {
    fn clocks(&self) -> Clocks {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
        let wall = Millis(js_sys::Date::now() as i64);
        Clocks { wall, monotonic: monotonic() }
    }

    fn chance(&self) -> f64 {
        js_sys::Math::random()
    }

    fn is_online(&self) -> bool {
        window().navigator().on_line()
    }

    fn is_in_front(&self) -> bool {
        is_in_front()
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let cookies = html_document()?.cookie().ok()?;
        cookies.split("; ").find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    }

    fn set_cookie(&self, cookie: &str) {
        if let Some(document) = html_document() {
            document.set_cookie(cookie).ok();
        }
    }

    fn local(&self) -> Option<&dyn KeyValue> {
        Local::probe().map(|storage| storage as &dyn KeyValue)
    }

    fn of_tab(&self) -> Option<&dyn KeyValue> {
        OfTab::probe().map(|storage| storage as &dyn KeyValue)
    }

    fn get(&self, address: String) -> Replying {
        Box::pin(async move { get(&address).await.map_err(|failed| failed.to_string()) })
    }

    fn spawn(&self, task: Task) {
        spawn_local(task);
    }

    fn later(&self, after: Duration, run: Once) {
        set_timeout(run, after);
    }

    fn when_idle(&self, run: Once) {
        // Safari doesn't tell, and some pages never are. The callback is needed twice, and runs once.
        let run = std::rc::Rc::new(Cell::new(Some(run)));
        let late = std::rc::Rc::clone(&run);
        let tells = request_idle_callback_with_handle(move || go(&run)).is_ok();
        set_timeout(move || go(&late), if tells { AT_LAST } else { SURELY_IDLE });
    }

    fn close_page(&self) {
        if let Some(body) = document().body() {
            body.set_hidden(true);
        }
        window().location().reload().ok();
    }
}

async fn get(address: &str) -> Result<Reply, Failed> {
    let (path, arguments) = address.split_once('?').unwrap_or((address, ""));
    let request = ClientReq::<Failed>::try_new_get(path, FORM, JsonEncoding::CONTENT_TYPE, arguments)?;
    let response = <BrowserClient as Client<Failed>>::send(request).await?;
    let status = ClientRes::<Failed>::status(&response);
    Ok(Reply { status, text: ClientRes::<Failed>::try_into_string(response).await? })
}

fn go(run: &Cell<Option<Once>>) {
    if let Some(run) = run.take() {
        run();
    }
}

/// Whether the page is the one in front.
pub(crate) fn is_in_front() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Whether a `pageshow` says that the browser put the page aside whole, and gives it back now.
pub(crate) fn is_restored(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::PageTransitionEvent>().is_some_and(web_sys::PageTransitionEvent::persisted)
}

fn html_document() -> Option<web_sys::HtmlDocument> {
    window().document()?.dyn_into().ok()
}

fn monotonic() -> Millis {
    thread_local! {
        static UNKNOWN: Cell<i64> = const { Cell::new(0) };
    }
    match window().performance() {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of a page's life")]
        Some(performance) => Millis(performance.now() as i64),
        // A browser without such a clock: each reading is a day after the last, so no lease ever runs.
        None => Millis(UNKNOWN.replace(UNKNOWN.get() + 86_400_000)),
    }
}
