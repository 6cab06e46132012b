// A workbook of one sheet for journeys: rows of texts, nothing else. What the program must cope
// with is made by the Rust tests; here a file is only needed to be chosen.

import { crc32 } from "node:zlib";

const OFFICE = "http://schemas.openxmlformats.org";
const PARTS = (rows) => [
  [
    "[Content_Types].xml",
    `<Types xmlns="${OFFICE}/package/2006/content-types">`
      + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
      + '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
      + "</Types>",
  ],
  ["_rels/.rels", relations("officeDocument", "xl/workbook.xml")],
  [
    "xl/workbook.xml",
    `<workbook xmlns="${OFFICE}/spreadsheetml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships">`
      + '<sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ],
  ["xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")],
  [
    "xl/worksheets/sheet1.xml",
    `<worksheet xmlns="${OFFICE}/spreadsheetml/2006/main"><sheetData>`
      + rows.map(row).join("") + "</sheetData></worksheet>",
  ],
];

/** The bytes of a workbook with these rows. */
export function workbook(rows) {
  const local = [];
  const central = [];
  let at = 0;
  for (const [name, text] of PARTS(rows)) {
    const file = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
    const title = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x21, 8);
    about.writeUInt32LE(crc32(file), 10);
    about.writeUInt32LE(file.length, 14);
    about.writeUInt32LE(file.length, 18);
    about.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    local.push(Buffer.from("PK\x03\x04"), about, title, file);
    central.push(Buffer.from("PK\x01\x02\x14\x00"), about, place, title);
    at += 30 + title.length + file.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(PARTS([]).length, 4);
  end.writeUInt16LE(PARTS([]).length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, list, Buffer.from("PK\x05\x06"), end]);
}

function relations(type, target) {
  return `<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1"`
    + ` Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
}

function row(cells, n) {
  const cell = (text, column) => {
    const place = `${String.fromCharCode(65 + column)}${n + 1}`;
    const plain = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<c r="${place}" t="inlineStr"><is><t>${plain}</t></is></c>`;
  };
  return `<row r="${n + 1}">${cells.map(cell).join("")}</row>`;
}
