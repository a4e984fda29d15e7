// Imports run one way: values ← transport ← operations, triggers ← a service's room ← its nodes.
const TESTS = '^(test|packages/[^/]+/test)/';
const PAYT = '^packages/n8n-nodes-payt/nodes/';
const shared = (...rooms) => `^nodes/shared/(${rooms.join('|')})`;
const VALUES = 'values[.]ts$';

/** What a folder may import of the sources, itself included. */
const arrow = (name, from, ...to) => ({
	name,
	severity: 'error',
	from: { path: from },
	to: { path: '^(nodes|credentials|packages|scripts|test)/', pathNot: [from, ...to] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		// Also through types alone: two files in a circle are one that was cut in two.
		{ name: 'no circle', severity: 'error', from: { pathNot: TESTS }, to: { circular: true } },
		{
			name: 'no circle at run time',
			severity: 'error',
			from: { path: TESTS },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		arrow('values know nothing', shared(VALUES)),
		arrow('transport knows values', shared('transport/'), shared(VALUES)),
		arrow('operations know transport', shared('operations/'), shared(VALUES, 'transport/')),
		arrow('triggers know transport', shared('triggers/'), shared(VALUES, 'transport/')),
		// Bank Hub tells of the same transactions as SePay.
		arrow(
			'bankHub knows the general rooms',
			shared('bankHub/'),
			shared(VALUES, 'transport/', 'operations/', 'triggers/', 'sePay/transaction[.]ts$'),
		),
		// Every further room of a service.
		{
			name: 'a service knows no other service',
			severity: 'error',
			from: { path: '^nodes/shared/(?!transport/|operations/|triggers/|bankHub/)([^/]+)/' },
			to: {
				path: '^(nodes|credentials|packages|scripts|test)/',
				pathNot: ['^nodes/shared/$1/', shared(VALUES, 'transport/', 'operations/', 'triggers/')],
			},
		},
		{
			name: 'a node knows itself and the shared rooms',
			severity: 'error',
			from: { path: '^nodes/(?!shared/)([^/]+)/' },
			to: {
				path: '^(nodes|credentials|packages|scripts|test)/',
				pathNot: ['^nodes/$1/', '^nodes/shared/'],
			},
		},
		{
			name: 'a node class is imported by nothing',
			severity: 'error',
			from: { path: '^(nodes|credentials|packages/[^/]+/(nodes|credentials))/' },
			to: { path: '[.](node|credentials)[.]ts$' },
		},
		arrow('credentials know the rooms of services', '^credentials/', '^nodes/shared/'),
		// Payt's package takes the general rooms into its bundle, and no other service's.
		arrow(
			'payt knows the general rooms',
			'^packages/n8n-nodes-payt/(nodes|credentials)/',
			shared(VALUES, 'transport/', 'operations/', 'triggers/'),
		),
		{
			name: 'a node of payt knows itself and what payt shares',
			severity: 'error',
			from: { path: `${PAYT}(?!shared/)([^/]+)/` },
			to: { path: PAYT, pathNot: [`${PAYT}$1/`, `${PAYT}shared/`] },
		},
		{
			name: 'what payt shares knows no node',
			severity: 'error',
			from: { path: `${PAYT}shared/` },
			to: { path: `${PAYT}(?!shared/)` },
		},
		{
			name: 'nodes are all that is published',
			severity: 'error',
			from: { path: '^(nodes|credentials|packages/[^/]+/(nodes|credentials))/' },
			to: { path: '^(scripts|test|packages/[^/]+/test)/' },
		},
		// npm start brings up the sandbox; what runs n8n knows neither that nor the nodes.
		arrow('scripts/n8n knows nothing else', '^scripts/n8n/'),
		arrow(
			'scripts know the sandbox',
			'^scripts/(?!(docs|schemas)[.]ts$)',
			'^test/sandbox/',
			'^scripts/',
		),
		arrow(
			'documents are made of the nodes and contracts',
			'^scripts/(docs|schemas)[.]ts$',
			'^nodes/',
			'^scripts/(n8n/|pages[.]ts$)',
			'^test/contract/',
			'^packages/[^/]+/test/contract/',
		),
		// Built from SePay's documents, with nothing in it of what it tests.
		arrow(
			'the sandbox knows no node',
			'^test/sandbox/',
			'^test/(harness|contract)/',
			'^packages/[^/]+/test/sandbox/',
		),
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		// Imports of types as well.
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)dist/' },
	},
};
