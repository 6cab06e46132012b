//! The description of every route at `/api/openapi.json`, made from the same declarations that
//! parse and draw the forms (decision 0002).

use serde_json::{Map, Value, json};

use crate::fields::{FieldKind, FieldSpec};
use crate::param::Param;
use crate::route::{Act, Page, Route};

/// The OpenAPI 3.1 document of all routes.
pub(crate) fn describe(routes: &[Route]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let (path, method, operation) = match route {
            Route::Page(page) => (page.path, "get", page_operation(page)),
            Route::Act(act) => (act.path, "post", act_operation(act)),
        };
        let item = paths.entry(path).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            if let Route::Act(act) = route {
                item.insert("get".to_owned(), form_operation(act));
            }
            item.insert(method.to_owned(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Duban 督办",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Send `Accept: application/json` and `Authorization: Bearer …`; acts take an `Idempotency-Key` (UUID).",
        },
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
            "responses": { "Refused": refused() },
        },
        "security": [{ "token": [] }],
        "paths": paths,
    })
}

fn schemas() -> Value {
    json!({
        "Done": {
            "type": "object",
            "properties": {
                "act": { "type": "string" },
                "act_id": { "type": ["string", "null"], "format": "uuid" },
                "first_seq": { "type": ["integer", "null"] },
                "last_seq": { "type": ["integer", "null"] },
                "subject": { "type": ["string", "null"], "description": "kind:uuid" },
                "location": { "type": "string" },
            },
        },
        "Form": {
            "type": "object",
            "properties": {
                "title": text(),
                "fields": { "type": "array", "items": { "type": "object", "properties": {
                    "name": { "type": "string" },
                    "label": text(),
                    "required": { "type": "boolean" },
                    "values": { "type": "array", "items": { "type": "string" } },
                    "rows": { "type": "array" },
                    "choices": { "type": ["array", "null"], "items": { "type": "object", "properties": {
                        "value": { "type": "string" }, "label": { "type": "string" },
                        "group": { "type": ["string", "null"] },
                    } } },
                } } },
            },
        },
        "Error": {
            "type": "object",
            "properties": { "error": {
                "type": "object",
                "properties": {
                    "kind": { "type": "string", "enum": ["missing", "fields", "rule", "credentials", "both", "form", "json", "large", "unavailable", "full", "fault"] },
                    "zh": { "type": "string" }, "en": { "type": "string" },
                    "fault": { "type": ["string", "null"] },
                    "fields": { "type": "array", "items": { "type": "object", "properties": {
                        "field": { "type": "string" }, "zh": { "type": "string" }, "en": { "type": "string" },
                    } } },
                },
            } },
        },
    })
}

/// Words in both languages.
fn text() -> Value {
    json!({ "type": "object", "properties": {
        "zh": { "type": "string" }, "en": { "type": "string" },
    } })
}

fn page_operation(page: &Page) -> Value {
    json!({
        "operationId": page.permission.map_or(page.path, |p| p.0),
        "summary": page.summary.en,
        "description": page.summary.zh,
        "parameters": parameters(page.path, page.query),
        "responses": responses(json!({ "type": "object" })),
    })
}

fn form_operation(act: &Act) -> Value {
    json!({
        "operationId": format!("{}.form", act.permission.map_or(act.path, |p| p.0)),
        "summary": format!("{}: fields and choices", act.title.en),
        "parameters": path_parameters(act.path),
        "responses": responses(json!({ "$ref": "#/components/schemas/Form" })),
    })
}

fn act_operation(act: &Act) -> Value {
    let mut parameters = path_parameters(act.path);
    parameters.push(json!({
        "name": "Idempotency-Key", "in": "header", "required": false,
        "schema": { "type": "string", "format": "uuid" },
    }));
    json!({
        "operationId": act.permission.map_or(act.path, |p| p.0),
        "summary": act.title.en,
        "description": format!("{} {} {}", act.title.zh, act.help.zh, act.help.en).trim(),
        "parameters": parameters,
        "requestBody": {
            "required": act.fields.iter().any(|f| f.required),
            "content": { "application/json": { "schema": body_schema(act.fields) } },
        },
        "responses": responses(json!({ "$ref": "#/components/schemas/Done" })),
    })
}

fn path_parameters(path: &str) -> Vec<Value> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{').and_then(|p| p.strip_suffix('}')))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect()
}

/// What stands in the path and behind the `?`.
fn parameters(path: &str, query: &[Param]) -> Vec<Value> {
    let mut parameters = path_parameters(path);
    parameters.extend(query.iter().map(Param::described));
    parameters
}

/// What every route may answer besides.
const REFUSED: &str = "400: the request cannot be read. 401: no valid token. 404: not there, or not \
    within reach. 409: a rule stands against it now. 422: fields must be mended. 503: the database \
    cannot be reached; send again with the same key. 507: the disk is full.";

fn refused() -> Value {
    let error = json!({ "$ref": "#/components/schemas/Error" });
    json!({ "description": REFUSED, "content": { "application/json": { "schema": error } } })
}

fn responses(ok: Value) -> Value {
    json!({
        "200": { "description": "OK", "content": { "application/json": { "schema": ok } } },
        "default": { "$ref": "#/components/responses/Refused" },
    })
}

fn body_schema(fields: &[FieldSpec]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|f| (f.name.to_owned(), field_schema(f))).collect();
    let required: Vec<_> = fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn field_schema(field: &FieldSpec) -> Value {
    let mut schema = match field.kind {
        FieldKind::Line { max } | FieldKind::Area { max } => {
            json!({ "type": "string", "maxLength": max })
        }
        FieldKind::Day => json!({ "type": "string", "format": "date" }),
        FieldKind::Number { min, max } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        FieldKind::Check => json!({ "type": "boolean" }),
        FieldKind::Choice | FieldKind::Hidden => json!({ "type": "string" }),
        FieldKind::Secret => json!({ "type": "string", "format": "password" }),
        FieldKind::Many | FieldKind::Files { .. } => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
        FieldKind::Rows { columns, max } => {
            json!({ "type": "array", "maxItems": max, "items": body_schema(columns) })
        }
        // Its values are sent beside it, each as `name.…` by the words of the document.
        FieldKind::Part => json!({ "type": "string" }),
    };
    if let Value::Object(map) = &mut schema {
        map.insert("title".to_owned(), json!(field.label.en));
        map.insert("description".to_owned(), json!(field.label.zh));
    }
    schema
}
