import path from 'node:path';

const LEFT_OUT = /^(npm_|n8n_|db_|jest_|node_env$|node_options$|node_path$|e2e_tests$|path$)/i;
const KEPT = /^npm_config_(registry|cache|userconfig|globalconfig|cafile|.*proxy)$/i;

/**
 * The environment of a child: the own one without what npm, jest or another n8n left in it, with
 * the folders first on the PATH.
 */
export function childEnvironment(folders: string[], extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => KEPT.test(name) || !LEFT_OUT.test(name),
	);
	return {
		...Object.fromEntries(inherited),
		PATH: [...folders, process.env.PATH].join(path.delimiter),
		...extra,
	};
}
