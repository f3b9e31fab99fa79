//! The effect runner of this tab's part in the live connection ([`abreast_core::TabLeader`]): a socket, a lock, and a
//! channel to the other tabs.

mod channel;
mod leading;
mod socket;

use std::time::Duration;

use abreast_core::{HERE, Nouns, TabLeader};
use leptos::{prelude::*, task::spawn_local};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use self::{channel::Channel, socket::Socket};
use crate::{
    App, Browser,
    host::is_in_front,
    nouns::{LineEffect, LineEvent},
};

/// The held tags change in bursts: so many milliseconds later they are sent once.
const SETTLE: u32 = 50;

/// How often a page in front looks whether its line still speaks.
const SECOND: Duration = Duration::from_secs(1);

/// Where a tab's events are put, from wherever they come.
pub(crate) type Events<N> = UnboundedSender<abreast_core::LineEvent<N>>;

/// Whether the live connection speaks; `None` until something was heard of it.
#[derive(Debug, Clone, Copy)]
pub struct LiveConnection(pub RwSignal<Option<bool>>);

impl LiveConnection {
    /// Of this page.
    pub fn provide() -> Self {
        let connection = Self(RwSignal::new(None));
        provide_context(connection);
        connection
    }
}

/// Takes part from now on, for as long as the page lives.
pub(crate) fn take_part<A: App>(browser: &Browser<A>, connection: LiveConnection) -> Events<A::Nouns> {
    let (events, happened) = unbounded_channel();
    let (leaving, online) = (events.clone(), events.clone());
    window_event_listener_untyped("pagehide", move |_| happen(&leaving, LineEvent::<A>::Leaving));
    window_event_listener_untyped("online", move |_| happen(&online, LineEvent::<A>::Back));
    let (seen, ticks) = (events.clone(), events.clone());
    window_event_listener_untyped("visibilitychange", move |_| {
        if is_in_front() {
            happen(&seen, LineEvent::<A>::Back);
        }
    });
    // While it is hidden nothing is promised, and nothing is asked.
    let tick = move || {
        if is_in_front() {
            happen(&ticks, LineEvent::<A>::Tick);
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
        happen(&back, LineEvent::<A>::Back);
    });
    leading::ask(&name, &events);
    let live = Live {
        tab: TabLeader::new(a_number(), browser.log()),
        channel: Channel::join(&name, &events),
        socket: None,
        browser: browser.clone(),
        connection,
        events: events.clone(),
    };
    spawn_local(live.follow(happened));
    events
}

/// Puts an event where it will be handled. Without a handler the page is gone.
pub(crate) fn happen<N: Nouns>(events: &Events<N>, event: abreast_core::LineEvent<N>) {
    let _ = events.send(event);
}

struct Live<A: App> {
    tab: TabLeader<A::Nouns>,
    channel: Option<Channel>,
    socket: Option<Socket>,
    browser: Browser<A>,
    connection: LiveConnection,
    events: Events<A::Nouns>,
}

impl<A: App> Live<A> {
    async fn follow(mut self, mut happened: UnboundedReceiver<LineEvent<A>>) {
        while let Some(event) = happened.recv().await {
            for effect in self.tab.handle(event) {
                self.carry_out(effect);
            }
        }
    }

    fn carry_out(&mut self, effect: LineEffect<A>) {
        match effect {
            LineEffect::<A>::Connect => {
                self.socket = Socket::open(A::LIVE, &self.events);
                if self.socket.is_none() {
                    happen(&self.events, LineEvent::<A>::Closed);
                }
            }
            LineEffect::<A>::Disconnect => self.socket = None,
            LineEffect::<A>::Send(holds) => {
                if let Some(socket) = &self.socket {
                    socket.send::<A::Nouns>(&holds);
                }
            }
            LineEffect::<A>::Here => {
                if let Some(socket) = &self.socket {
                    socket.say(HERE);
                }
            }
            LineEffect::<A>::TellTabs(message) => {
                if let Some(channel) = &self.channel {
                    channel.say(&message);
                }
            }
            LineEffect::<A>::SayHeld => happen(&self.events, LineEvent::<A>::Held(self.browser.tags())),
            LineEffect::<A>::Apply(seq, directives, within) => {
                let browser = self.browser.clone();
                later(part_of(within), move || browser.told(seq, directives));
            }
            LineEffect::<A>::CatchUp => self.browser.returned(),
            LineEffect::<A>::AskSession => self.browser.ask_session(),
            LineEffect::<A>::RetryWithin(most) => {
                let events = self.events.clone();
                later(most / 2 + part_of(most / 2), move || happen(&events, LineEvent::<A>::Retry));
            }
            LineEffect::<A>::Line(open) => {
                self.connection.0.set(Some(open));
                if open {
                    self.browser.renew();
                }
            }
        }
    }
}

/// Says, once things have settled, what this tab holds.
pub(crate) fn say_held_soon<A: App>(browser: &Browser<A>, events: &Events<A::Nouns>) {
    let (browser, events) = (browser.clone(), events.clone());
    later(SETTLE, move || happen(&events, LineEvent::<A>::Held(browser.tags())));
}

/// Which messages tabs understand: goes up when [`abreast_core::TabMessage`] changes. After an upgrade, tabs of two versions
/// have a line each; one that follows a tab which can't answer it would take its line for dead.
const MESSAGES: u32 = 2;

/// Tabs that show one person's pages talk among themselves.
fn channel_name<A: App>(browser: &Browser<A>) -> String {
    let viewer = browser.viewer().map(|viewer| viewer.to_string()).unwrap_or_default();
    format!("{}-{MESSAGES}-{}-{viewer}", A::NAME, browser.log())
}

fn later(milliseconds: u32, run: impl FnOnce() + 'static) {
    if milliseconds == 0 {
        run();
    } else {
        set_timeout(run, Duration::from_millis(milliseconds.into()));
    }
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
