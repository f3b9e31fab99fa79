//! Where the library is kept: every statement of SQL, a file for each noun, and what the engine asks of an app.
//!
//! Reading through the tiers, following the log and looking after a node are the engine's ([`abreast_server`]): a
//! [`Store`] derefs to it. Writing is the store's own, so that no other package can.

pub mod backup;
pub mod checkup;
mod error;
mod library;
mod load;
mod row_rules;
mod warm_up;
mod store;
mod report;
mod invalidate;
mod signed_browser;

mod row;
mod access;
mod order;
mod password;
mod token;
mod room;

mod account;
mod email_change;
mod handle;
mod profile;
mod first_manager;
mod member;
mod site;
mod invitation;
mod hashing;
mod session;
mod known_session;
mod leaving;
mod own_sessions;
mod second_factor;
mod story;
mod part;
mod chapter;
mod publication;
mod schedule;
mod calendar;
mod scene;
mod scene_save;
mod version;
mod working_copy;
mod progress;
mod history;
mod thin;
mod recount;
mod manuscript;
mod story_matches;
mod replace;
mod mention;
mod bookshelf;
mod cast;
mod import;
mod trash;
mod export;
mod own_things;
mod moderation;
mod outbox;
mod mail_choice;

mod catalogue;
mod search;
mod author;
mod contents;
mod released;
mod sitemap;
mod post;
mod thread;
mod comment;
mod comment_place;
mod like;
mod bookmark;
mod my_story;
mod my_library;
mod inbox;
mod follow;
mod silence;
mod demo;

pub use abreast_server::{Address, Answered, Begun, Intention, Reader, RedisAddress, Settings};
use abreast_server::{Count, Writing, clock};

pub use crate::{
    email_change::{AddressAsked, AddressNotice},
    error::Error,
    library::{Fetched, Heard, Library, Tx},
    load::Load,
    mail_choice::NewsMail,
    outbox::{Claimed, Forgotten, MailKind},
    second_factor::{AccountNotice, SecondFactorSetup, SignInToken},
    session::SessionToken,
    sitemap::{Listed, ListedCount, ListedThing, SitemapPage},
    store::Store,
    token::LinkToken,
};

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;
