//! The store from outside, as one program: linking each file by itself took minutes and gigabytes.

#[path = "../library/mod.rs"]
mod library;

mod access;
mod accounts;
mod backup;
mod bookmarks;
mod bounds;
mod code_guesses;
mod comment_places;
mod differential;
mod email_change;
mod exports;
mod first_manager;
mod flights;
mod following;
mod history;
mod leaving;
mod mentions;
mod migrations;
mod moderation;
mod news_mail;
mod outage;
mod outbox;
mod own_account;
mod positions;
mod profiles;
mod publication;
mod read_only;
mod reading;
mod redis;
mod revisions;
mod rollout;
mod rules;
mod sampler;
mod schedule;
mod search;
mod second_factor;
mod set_back;
mod shapes;
mod site;
mod sparing;
mod talk;
mod trash;
mod warm;
mod working_copy;
