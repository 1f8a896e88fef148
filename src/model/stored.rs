//! How checked texts are stored: as they are, and checked again when they are read.

/// Stores a type as the text that it holds; what its constructor refuses is no such value.
macro_rules! stored_as_text {
    ($type:ty, $name:literal, $read:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(from)?;
                let read: fn(&str) -> Option<Self> = $read;
                let refused = || serde::de::Error::custom(format!("`{text}` is no {}", $name));
                read(&text).ok_or_else(refused)
            }
        }
    };
}

pub(super) use stored_as_text;
