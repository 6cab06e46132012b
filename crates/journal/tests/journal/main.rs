//! The journal driven through its public face on both engines: a small room of notes, every
//! promise of the crate, and every way in which somebody could break it.

#[cfg(test)]
mod common;
#[cfg(test)]
mod notes;

#[cfg(test)]
mod acts;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod encryption;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod followers;
#[cfg(test)]
mod moving;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tamper;
