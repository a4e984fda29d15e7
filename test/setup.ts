import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';

process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-sepay-'));

// n8n gives a pattern 250 ms, which a loaded machine may take to come back to it.
const { runInContext } = Script.prototype;
Script.prototype.runInContext = function (context, options) {
	return runInContext.call(this, context, { ...options, timeout: undefined });
};
