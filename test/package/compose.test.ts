import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { COMPOSE, readCompose } from '../harness/compose';

/** Compose's own schema: github.com/compose-spec/compose-spec at 170098b, Apache License 2.0. */
const SCHEMA = path.join(__dirname, 'fixtures/compose-spec.json');

const variables = Object.fromEntries(
	[...readFileSync(path.join(COMPOSE, 'env.example'), 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(
		([, name, value]) => [name, value || 'filled in'],
	),
);
const files = readdirSync(COMPOSE).filter((file) => file.endsWith('.yaml'));

test('there are Compose files for one machine and for queue mode', () => {
	expect(files).toEqual(['queue-mode.yaml', 'single-machine.yaml']);
});

describe.each(files)('%s', (file) => {
	const source = readFileSync(path.join(COMPOSE, file), 'utf8');
	const compose = readCompose(file, variables);

	test("is right by Compose's schema, and needs what env.example names", () => {
		const { $schema, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
		expect($schema).toContain('draft-07');
		const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
		validate(compose);
		expect(validate.errors).toBeNull();
	});

	test('pins images, keeps what is stored, and holds no secret', () => {
		for (const { volumes = [] } of Object.values(compose.services)) {
			for (const volume of volumes) {
				expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
			}
		}
		for (const { image } of Object.values(compose.services)) {
			expect(image).toMatch(/:[\d.]+(?:-alpine)?$/);
		}
		for (const [, name, value] of source.matchAll(
			/(\w*(?:KEY|PASSWORD|SECRET|TOKEN)\w*): (.*)$/gm,
		)) {
			expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{\w+(:\?.+)?\}$/)]);
		}
	});

	test('sets what SePay and n8n 3.0 need, and nothing that 3.0 removes', () => {
		const [n8n] = Object.values(compose.services);
		expect(n8n.environment).toMatchObject({
			WEBHOOK_URL: 'https://n8n.example.com',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			N8N_REINSTALL_MISSING_PACKAGES: 'true',
			N8N_DEFAULT_BINARY_DATA_MODE: expect.stringMatching(/^(filesystem|database)$/),
			EXECUTIONS_DATA_PRUNE: 'true',
		});
		// Removed by 3.0, or its former default.
		for (const gone of ['N8N_DB_PING_TIMEOUT', 'N8N_MIGRATE_FS_STORAGE_PATH']) {
			expect(n8n.environment).not.toHaveProperty(gone);
		}
	});
});

test('in queue mode main takes the webhooks, and both kinds of processes have the same settings', () => {
	const { services } = readCompose('queue-mode.yaml', variables);
	expect(services.worker.environment).toEqual(services.main.environment);
	expect(services.worker).toMatchObject({ command: 'worker', deploy: { replicas: 2 } });
	expect(services.main.environment).toMatchObject({
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	});
	expect(services.main.environment).not.toHaveProperty('N8N_DISABLE_PRODUCTION_MAIN_PROCESS');
});
