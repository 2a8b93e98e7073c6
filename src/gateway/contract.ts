/** What the HTTP side of the gateway asks of the stages behind it, and what it gets back. */
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Cancelled } from '../plan/index.js';
import type { ViewName } from '../policy/index.js';
import type { Principal } from '../principal/index.js';

/** One validated operation on its way into the stages. */
export interface PipelineRequest {
  readonly view: ViewName;
  /** Validated against the schema of `view`; holds the operation that `operationName` names. */
  readonly document: DocumentNode;
  /** The text that `document` was parsed from. */
  readonly source: string;
  readonly operationName?: string;
  /** As the client sent them; not coerced yet. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Absent in plain mode. */
  readonly principal?: Principal;
  readonly requestId: string;
  /** Aborted when the client has gone or `deadlineAt` has passed. */
  readonly signal: Cancelled;
  /** Milliseconds since the epoch, by the real clock. */
  readonly deadlineAt: number;
  /** Resolves when the answer has been handed to the client's socket, or will never be. */
  readonly handed: Promise<void>;
}

/** A complete response body, ready to send. */
export class Rendered {
  constructor(readonly json: string) {}
}

/** What a principal was after that its view does not hold. */
export interface HiddenWish {
  readonly principal: Principal;
  readonly requestId: string;
  /** Coordinates of the whole graph. */
  readonly wanted: readonly string[];
}

/** The stages behind HTTP, from a validated document to the bytes of the answer. */
export interface Pipeline {
  /** The same object on every call, as long as the pipeline lives. */
  schema(view: ViewName): GraphQLSchema;
  /** Rejects with a `ClientFault` or an `InternalFault` when the request fails as a whole. */
  run(request: PipelineRequest): Promise<Rendered>;
  /** Writes the refusal of a wish down, after its answer has left; never rejects. Absent where no receipts are kept. */
  noteRefusal?(wish: HiddenWish): Promise<void>;
}
