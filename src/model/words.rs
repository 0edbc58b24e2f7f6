//! Enumerations whose values have a name in contracts: the type, the list of its values, and the way there and back, all
//! from one list.

/// An enumeration of words: `Variant = "name in contracts", "what it means";`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $type:ident {
            $($(#[$attribute:meta])* $variant:ident = $name:literal, $meaning:literal;)*
        }
    ) => {
        $(#[$meta])*
        pub enum $type {
            $(#[doc = $meaning] $(#[$attribute])* $variant,)*
        }

        impl $type {
            /// Every value, with its name in contracts and what it means.
            pub const ALL: &[(&'static str, &'static str)] = &[$(($name, $meaning),)*];

            /// The value of a name as contracts write it.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The name as contracts write it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

pub(super) use words;
