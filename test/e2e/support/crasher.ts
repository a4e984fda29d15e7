/**
 * Run by n8n's Node: waits until n8n has stored other static data of a workflow, kills it with all
 * that it started, and prints how many executions it has stored since the wait began.
 *
 * Arguments: n8n's database, its process ID, the workflow, milliseconds to wait before the kill.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const [file, pid, workflowId, delayMs] = process.argv.slice(2);
const open = () => new DatabaseSync(file, { readOnly: true, timeout: 5000 });
const countIn = (database: DatabaseSync) =>
	Number(database.prepare('SELECT count(*) AS count FROM execution_entity').get()!.count);

async function main() {
	const database = open();
	const select = database.prepare('SELECT "staticData" FROM workflow_entity WHERE id = ?');
	const read = () => select.get(workflowId)!.staticData;
	const before = read();
	const count = countIn(database);
	process.stdout.write('waiting\n');
	while (read() === before) await sleep(1);
	if (Number(delayMs) > 0) await sleep(Number(delayMs));
	process.kill(process.platform === 'win32' ? Number(pid) : -Number(pid), 'SIGKILL');
	await sleep(100);
	// What n8n was just writing, SQLite finds when it is opened anew.
	database.close();
	process.stdout.write(`${countIn(open()) - count}\n`);
}

void main();
