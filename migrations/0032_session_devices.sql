-- What a session was begun with, in a few words, so that its owner recognises it.
alter table sessions add column device text not null default 'An unknown device';
