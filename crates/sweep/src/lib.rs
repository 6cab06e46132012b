//! Tests over the whole building: routes × roles, every act leaves a fact, every page, the schema.
