//! The server over HTTP, as one program: linking each file by itself took minutes and gigabytes.

#[path = "../site/mod.rs"]
mod site;

mod accounts;
mod admin;
mod administration;
mod api_docs;
mod armour;
mod authors;
mod backup;
mod bad_input;
mod budgets;
mod check;
mod demo;
mod deploy;
mod email_change;
mod epubs;
mod exports;
mod files;
mod first_manager;
mod found;
mod fresh;
mod health;
mod leaving;
mod live;
mod lost_edits;
mod mail;
mod members;
mod once;
mod page_cache;
mod pages;
mod passwords;
mod plain_forms;
mod positions;
mod preview;
mod privacy;
mod releases;
mod search;
mod second_factor;
mod set_back;
mod silence;
mod sizes;
mod talk;
mod working_copy;
