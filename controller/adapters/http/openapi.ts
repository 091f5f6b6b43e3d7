import { z } from "zod";
import { Board, Enrolment, EnrolmentRequest } from "../../../protocol/index.ts";
import { CounterPicture, ServicePicture } from "../../projections/hall-picture.ts";
import { KioskPicture } from "../../projections/kiosk-picture.ts";
import { TerminalPicture } from "../../terminals/terminal-picture.ts";
import { Actor } from "../../core/access/actor.ts";
import { ActionDone, ClerkAction, DeskPicture } from "./clerk-desk.ts";
import { Booked, BookingAtHand, BookingCheckIn, CheckedIn, DeskBooking, OnlineBooking } from "./appointment-desk.ts";
import { AppointmentOffer, BookingDay, BreachList, SlotList } from "../../projections/appointment-pictures.ts";
import { FirstAccountRequest, PasswordChange, SignedIn, SignInRequest } from "./front-door.ts";
import { IssuedTicket, TicketRequest } from "./hall-desk.ts";
import { CounterList, ServiceList, TerminalList } from "./hall-routes.ts";
import { EvidenceKept, EvidenceUpload } from "./paper-desk.ts";
import { PROBLEM_TYPE, PROBLEMS, Problem, type ProblemCode } from "./problem.ts";
import { JSON_TYPE, type Route, type RouteAnswer, type RouteParameter } from "./route.ts";
import { SESSION_COOKIE } from "./session-cookie.ts";
import { Status } from "./watch-routes.ts";
import { DecisionRequest, DocumentRequest, PublicationRequest } from "../../core/office/document-request.ts";
import {
  ActivePolicy,
  AttendanceRecord,
  AttendanceSheet,
  AttendanceToday,
  CoverList,
  DocumentList,
  DocumentPicture,
  PublicationList,
  PublicationPicture,
} from "../../projections/attendance/attendance-pictures.ts";

type JsonObject = { [key: string]: unknown };

const NAMED: Readonly<Record<string, z.ZodType>> = {
  ActionDone,
  Actor,
  AppointmentOffer,
  Board,
  Booked,
  BookingAtHand,
  BookingCheckIn,
  BookingDay,
  BreachList,
  CheckedIn,
  ClerkAction,
  CounterList,
  CounterPicture,
  DeskBooking,
  DeskPicture,
  Enrolment,
  EnrolmentRequest,
  FirstAccountRequest,
  IssuedTicket,
  KioskPicture,
  OnlineBooking,
  PasswordChange,
  Problem,
  ServiceList,
  ServicePicture,
  SignedIn,
  SignInRequest,
  SlotList,
  Status,
  TerminalList,
  TerminalPicture,
  TicketRequest,
  ActivePolicy,
  AttendanceRecord,
  AttendanceSheet,
  AttendanceToday,
  CoverList,
  DecisionRequest,
  DocumentList,
  DocumentPicture,
  DocumentRequest,
  EvidenceKept,
  EvidenceUpload,
  PublicationList,
  PublicationPicture,
  PublicationRequest,
};

/** Refused before any route is looked at, or by the fault of the controller. */
const ANYWHERE: readonly ProblemCode[] = ["foreign-host", "internal"];
/** A cookie, which `POST /api/session` sets. */
const SIGNED_IN = [{ session: [] }];
const WITH_BODY: readonly ProblemCode[] = ["unsupported-media-type", "body-too-large"];

/** The HTTP interface as an OpenAPI 3.1 document: from the table that serves it, and the schemas that parse it. */
export function openApiDocument(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Hallward controller",
      version,
      description: "Tickets, board, windows and terminals of one hall. Every refusal is an RFC 9457 problem document.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: SESSION_COOKIE } },
    },
  };
}

function operationOf(route: Route): JsonObject {
  const problems = [...route.problems, ...(route.body === undefined ? [] : WITH_BODY), ...ANYWHERE];
  const operation: JsonObject = {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.access === "everybody" ? {} : { security: SIGNED_IN, "x-roles": route.access }),
    responses: { ...answersOf(route.answers), ...problemsOf(problems) },
  };
  const parameters = [
    ...(route.params ?? []).map((parameter) => parameterOf(parameter, "path")),
    ...(route.headers ?? []).map((parameter) => parameterOf(parameter, "header")),
  ];
  if (parameters.length > 0) operation["parameters"] = parameters;
  if (route.body !== undefined) {
    operation["requestBody"] = { required: true, content: { [JSON_TYPE]: { schema: schemaOf(route.body) } } };
  }
  return operation;
}

const parameterOf = ({ name, schema, summary }: RouteParameter, place: "header" | "path"): JsonObject => ({
  name,
  in: place,
  required: place === "path",
  description: summary,
  schema: schemaOf(schema),
});

/** Answers of one status share one response: their types tell them apart. */
function answersOf(answers: readonly RouteAnswer[]): JsonObject {
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      { description: list[0]?.summary ?? "", content: Object.assign({}, ...list.map(contentOf)) as JsonObject },
    ]),
  );
}

const contentOf = ({ type, schema }: RouteAnswer): JsonObject => ({
  [type]: { schema: schema === undefined ? { type: "string" } : schemaOf(schema) },
});

/** Problems of one status share one response: the code tells them apart. */
function problemsOf(codes: readonly ProblemCode[]): JsonObject {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}.`).join(" "),
        content: { [PROBLEM_TYPE]: { schema: schemaOf(Problem) } },
      },
    ]),
  );
}

function schemaOf(schema: z.ZodType): JsonObject {
  const name = Object.keys(NAMED).find((key) => NAMED[key] === schema);
  return name === undefined ? plain(z.toJSONSchema(schema)) : { $ref: `#/components/schemas/${name}` };
}

function namedSchemas(): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** OpenAPI 3.1 names its dialect once, for the whole document. */
function plain(schema: JsonObject): JsonObject {
  const { $schema: _dialect, $id: _address, ...rest } = schema;
  return rest;
}
