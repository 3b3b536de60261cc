// Haraka 3 asks LookupProxy over HTTP at each RCPT. Copy to Haraka's plugins/, add "lookupproxy" to config/plugins as the last plugin
// that has a say at RCPT (a valid recipient ends Haraka's chain), and write config/lookupproxy.ini:
//     url = http://127.0.0.1:10080
//     domains = corp.example, contoso.example
//
// When LookupProxy is away, or does not answer within 6 s: 450 4.4.3, no recipient is rejected. The same when a directory is away,
// for the recipients that only it could decide.
'use strict';

const http = require('node:http');

// Above LookupProxy's own deadline (4 s).
const TIMEOUT_MS = 6000;
const MAX_ANSWER = 64 * 1024;

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

exports.register = function () {
  this.settings = this.config.get('lookupproxy.ini').main;
  this.domains = new Set(`${this.settings.domains}`.toLowerCase().split(/[\s,]+/).filter(Boolean));
  this.register_hook('rcpt', 'check_recipient');
};

exports.check_recipient = function (next, connection, params) {
  const later = (why) => {
    connection.logwarn(this, `${params[0]}: ${why}`);
    next(DENYSOFT, ['4.4.3 Recipient directory unavailable, try again later']);
  };
  // Haraka rejects the recipient for good when a plugin throws.
  try {
    const recipient = params[0];
    if (!this.domains.has(`${recipient.host}`.toLowerCase())) return next();
    // A method until Haraka 3.2, a property since.
    const address = typeof recipient.address === 'function' ? recipient.address() : recipient.address;
    ask(this.settings.url, address, (error, status, answer) => {
      // Only LookupProxy's own word rejects: a 404 of anything else that may listen there does not.
      if (status === 404 && answer?.action === 'reject') return next(DENY, ['5.1.1 User unknown']);
      if (status === 404 && answer?.action === 'none') return next();
      if (status === 200 && answer?.action === 'accept') return next(OK);
      later(error ? error.message : `status ${status}`);
    });
  }
  catch (error) {
    later(error.message);
  }
};

function ask (url, address, done) {
  let isDone = false;
  const once = (...result) => {
    if (isDone) return;
    isDone = true;
    done(...result);
  };
  const request = http.get(`${url}/v1/recipients/${encodeURIComponent(address)}`, { agent }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part) => {
      text += part;
      if (text.length > MAX_ANSWER) request.destroy(new Error('answer too long'));
    });
    response.on('end', () => once(null, response.statusCode, parse(text)));
    response.on('error', once);
  });
  // For the whole of it: the option of that name counts silence only.
  const timer = setTimeout(() => request.destroy(new Error('no answer in time')), TIMEOUT_MS);
  request.on('error', once);
  request.on('close', () => clearTimeout(timer));
}

function parse (text) {
  try {
    return JSON.parse(text);
  }
  catch {
    return null;
  }
}
