//! A site of one's own: the real router at a free port, over a library in a fresh file.
//!
//! The server runs in threads of its own. When a test ends, whatever the memory tier holds must be
//! what the database would say, nothing may have panicked, and no error may have been logged.
#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "shared by several test files")]

pub mod books;
pub mod browser;
pub mod child;
pub mod coherent;
pub mod docs;
pub mod form;
pub mod heard;
pub mod line;
pub mod pages;
pub mod people;
pub mod rows;

use std::{net::SocketAddr, thread};

use abreast_server::http::Heartbeat;
use app::debug_access::DebugAccess;
use axum::serve::ListenerExt;
use leptos::config::LeptosOptions;
use server::{
    alerts::notices::Notices,
    budgets::Budgets,
    live::{self, Live},
    proxies::Proxies,
    router::{RouterConfig, router},
};
use store::{Address, Store};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime};

pub use self::{
    browser::{Answer, Browser},
    line::Line,
    people::Person,
};

/// A running server.
pub struct Site {
    pub store: Store,
    pub live: Live,
    pub address: Address,
    pub base: String,
    server: Option<runtime::Runtime>,
    _folder: TempDir,
}

impl Site {
    /// Starts a server that strangers reach directly.
    pub async fn start() -> Self {
        Self::start_in(RouterConfig::default(), Heartbeat::default()).await
    }

    /// Starts a server that soon gives up who says nothing on a live connection.
    pub async fn impatient(heartbeat: Heartbeat) -> Self {
        Self::start_in(RouterConfig::default(), heartbeat).await
    }

    /// Starts a server behind a proxy.
    pub async fn behind_proxy() -> Self {
        let config = RouterConfig { proxies: Proxies::EveryPeer, ..RouterConfig::default() };
        Self::start_in(config, Heartbeat::default()).await
    }

    /// Starts a server behind a proxy on which nobody may write beyond their budget.
    pub async fn frugal() -> Self {
        let budgets = Some(Budgets::default());
        let config = RouterConfig { proxies: Proxies::EveryPeer, budgets, ..RouterConfig::default() };
        Self::start_in(config, Heartbeat::default()).await
    }

    /// Starts a server that shows its caches to managers alone, as one that was built for production does.
    pub async fn for_managers() -> Self {
        let config = RouterConfig { debug_access: DebugAccess::Managers, ..RouterConfig::default() };
        Self::start_in(config, Heartbeat::default()).await
    }

    /// Starts a server that says what becomes of these notices.
    pub async fn telling(notices: &Notices) -> Self {
        let config = RouterConfig { notices: Some(notices.clone()), ..RouterConfig::default() };
        Self::start_in(config, Heartbeat::default()).await
    }

    /// Starts a server with this configuration.
    pub async fn configured(config: RouterConfig) -> Self {
        Self::start_in(config, Heartbeat::default()).await
    }

    /// Starts a server over a library that is elsewhere.
    pub async fn over(address: Address) -> Self {
        let folder = services::folder();
        Self::start_at(address, folder, RouterConfig::default(), Heartbeat::default()).await
    }

    async fn start_in(config: RouterConfig, heartbeat: Heartbeat) -> Self {
        let folder = services::folder();
        let address = Address::Sqlite(folder.path().join("library.db"));
        Self::start_at(address, folder, config, heartbeat).await
    }

    async fn start_at(address: Address, folder: TempDir, config: RouterConfig, heartbeat: Heartbeat) -> Self {
        heard::listen();
        let server = runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name(heard::SERVER)
            .enable_all()
            .build()
            .expect("a runtime");
        let at = address.clone();
        let started = server.spawn(async move {
            let store = Store::open(&at).await.expect("an open library");
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let addr = listener.local_addr().expect("an address");
            let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("no delay"));
            let options = LeptosOptions::builder().output_name("quire").site_addr(addr).build();
            let live = live::start(&store, heartbeat);
            let service = router(options, store.clone(), live.clone(), config);
            let service = service.into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            (store, live, addr)
        });
        let (store, live, addr) = started.await.expect("a started server");
        Self { store, live, address, base: format!("http://{addr}"), server: Some(server), _folder: folder }
    }

    /// A browser without an account.
    pub fn nobody(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// This person's browser, signed in.
    pub fn browser_of(&self, person: &Person) -> Browser {
        let mut browser = self.nobody();
        browser.set_cookie("quire-session", person.token.as_str());
        browser
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let server = self.server.take();
        let store = self.store.clone();
        let failed = thread::panicking();
        // In a thread, because the test's own runtime does not suffer another inside it.
        let checked = thread::spawn(move || {
            if !failed {
                let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                runtime.block_on(coherent::check(&store));
            }
            drop(server);
        });
        let checked = checked.join();
        if failed {
            return;
        }
        if let Err(panic) = checked {
            std::panic::resume_unwind(panic);
        }
        heard::nothing_bad();
    }
}
