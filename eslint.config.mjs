import { n8nCommunityNodesPlugin as current } from '@n8n/eslint-plugin-community-nodes';
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

// The scanner pins an older plugin under the same name; a second name lets the current one judge too.
const currentRules = Object.entries(current.configs.recommended.rules ?? {}).map(
	([rule, level]) => [rule.replace('@n8n/community-nodes/', 'current/'), level],
);

// The scanner looks at one package from its folder, this at the root's and those in `packages`.
const inEachPackage = (patterns) =>
	patterns.flatMap((pattern) => [pattern, `packages/*/${pattern}`]);
const scanned = (await buildScanConfig()).map(({ files, ...config }) => ({
	...config,
	...(files && { files: inEachPackage(files) }),
}));

export default defineConfig(
	globalIgnores(['**/dist', '**/node_modules', '.n8n-local', 'coverage', 'reports']),
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	{ files: ['**/*.ts'], extends: [ts.configs.recommended] },
	{
		files: inEachPackage(SOURCE_FILE_PATTERNS),
		extends: [scanned],
		plugins: { current: { rules: current.rules } },
		rules: Object.fromEntries(currentRules),
	},
);
