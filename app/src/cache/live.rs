//! The effect runner of this tab's part in the live line ([`domain::TabLeader`]): a socket, a lock, and a channel to
//! the other tabs.

mod channel;
mod leading;
mod socket;

use std::time::Duration;

use domain::{HERE, LineEffect, LineEvent, TabLeader};
use leptos::{prelude::*, task::spawn_local};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use self::{channel::Channel, socket::Socket};
use super::Browser;

/// The held tags change in bursts: so many milliseconds later they are sent once.
const SETTLE: u32 = 50;

/// How often a page in front looks whether its line still speaks.
const SECOND: Duration = Duration::from_secs(1);

/// Where a tab's events are put, from wherever they come.
pub(super) type Events = UnboundedSender<LineEvent>;

/// Whether the line speaks; `None` until something was heard of it.
#[derive(Debug, Clone, Copy)]
pub struct Line(pub RwSignal<Option<bool>>);

impl Line {
    /// Of this page.
    pub fn provide() -> Self {
        let line = Self(RwSignal::new(None));
        provide_context(line);
        line
    }
}

/// Takes part from now on, for as long as the page lives.
pub(super) fn take_part(browser: &Browser, line: Line) -> Events {
    let (events, happened) = unbounded_channel();
    let (leaving, online) = (events.clone(), events.clone());
    window_event_listener_untyped("pagehide", move |_| happen(&leaving, LineEvent::Leaving));
    window_event_listener_untyped("online", move |_| happen(&online, LineEvent::Back));
    let (seen, ticks) = (events.clone(), events.clone());
    window_event_listener_untyped("visibilitychange", move |_| {
        if is_in_front() {
            happen(&seen, LineEvent::Back);
        }
    });
    // While it is hidden nothing is promised, and nothing is asked.
    let tick = move || {
        if is_in_front() {
            happen(&ticks, LineEvent::Tick);
        }
    };
    // Without a timer it would have no line to trust.
    set_interval_with_handle(tick, SECOND).ok();
    let back = events.clone();
    let name = channel_name(browser);
    let again = name.clone();
    // A page that comes back whole has hung up when it went.
    window_event_listener_untyped("pageshow", move |_| {
        leading::ask(&again, &back);
        happen(&back, LineEvent::Back);
    });
    leading::ask(&name, &events);
    let live = Live {
        tab: TabLeader::new(a_number(), browser.log()),
        channel: Channel::join(&name, &events),
        socket: None,
        browser: browser.clone(),
        line,
        events: events.clone(),
    };
    spawn_local(live.follow(happened));
    events
}

/// Puts an event where it will be handled. Without a handler the page is gone.
pub(super) fn happen(events: &Events, event: LineEvent) {
    let _ = events.send(event);
}

struct Live {
    tab: TabLeader,
    channel: Option<Channel>,
    socket: Option<Socket>,
    browser: Browser,
    line: Line,
    events: Events,
}

impl Live {
    async fn follow(mut self, mut happened: UnboundedReceiver<LineEvent>) {
        while let Some(event) = happened.recv().await {
            for effect in self.tab.handle(event) {
                self.carry_out(effect);
            }
        }
    }

    fn carry_out(&mut self, effect: LineEffect) {
        match effect {
            LineEffect::Connect => {
                self.socket = Socket::open(&self.events);
                if self.socket.is_none() {
                    happen(&self.events, LineEvent::Closed);
                }
            }
            LineEffect::Disconnect => self.socket = None,
            LineEffect::Send(holds) => {
                if let Some(socket) = &self.socket {
                    socket.send(&holds);
                }
            }
            LineEffect::Here => {
                if let Some(socket) = &self.socket {
                    socket.say(HERE);
                }
            }
            LineEffect::TellTabs(message) => {
                if let Some(channel) = &self.channel {
                    channel.say(&message);
                }
            }
            LineEffect::SayHeld => happen(&self.events, LineEvent::Held(self.browser.tags())),
            LineEffect::Apply(seq, directives, within) => {
                let browser = self.browser.clone();
                later(part_of(within), move || browser.told(seq, directives));
            }
            LineEffect::CatchUp => self.browser.returned(),
            LineEffect::AskSession => self.browser.ask_session(),
            LineEffect::RetryWithin(most) => {
                let events = self.events.clone();
                later(most / 2 + part_of(most / 2), move || happen(&events, LineEvent::Retry));
            }
            LineEffect::Line(open) => self.line.0.set(Some(open)),
        }
    }
}

/// Says, once things have settled, what this tab holds.
pub(super) fn say_held_soon(browser: &Browser, events: &Events) {
    let (browser, events) = (browser.clone(), events.clone());
    later(SETTLE, move || happen(&events, LineEvent::Held(browser.tags())));
}

/// Which messages tabs understand: goes up when [`domain::TabMessage`] changes. After an upgrade, tabs of two versions
/// have a line each; one that follows a tab which can't answer it would take its line for dead.
const MESSAGES: u32 = 2;

/// Tabs that show one person's pages talk among themselves.
fn channel_name(browser: &Browser) -> String {
    let viewer = browser.viewer().map(|viewer| viewer.to_string()).unwrap_or_default();
    format!("quire-{MESSAGES}-{}-{viewer}", browser.log())
}

fn later(milliseconds: u32, run: impl FnOnce() + 'static) {
    if milliseconds == 0 {
        run();
    } else {
        set_timeout(run, Duration::from_millis(milliseconds.into()));
    }
}

fn is_in_front() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Some part of so many milliseconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `most`")]
fn part_of(most: u32) -> u32 {
    (js_sys::Math::random() * f64::from(most)) as u32
}

/// A number that no other tab has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2^53")]
fn a_number() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64
}
