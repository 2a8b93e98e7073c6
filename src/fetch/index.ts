export type { Answer, Call, Destination } from './call.js';
export { createTransport, type Transport } from './transport.js';
export { TransportFault, type TransportFaultKind } from './transportFault.js';
