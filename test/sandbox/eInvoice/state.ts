import type { Tokens } from '../bankHub/tokens';
import type { Service } from '../state';
import type { Data, JobPlan } from './model';
import type { Variants } from './variants';

/** What all parts of the local eInvoice share; everything may be changed while it runs. */
export interface State extends Service {
	url: string;
	client: {
		id: string;
		secret: string;
		/** A client that is not active gets no token. */
		active: boolean;
	};
	/** Lifetime of the access tokens to come, seconds; on the sandbox clock. */
	ttl: number;
	/** How long a job takes, ms of the sandbox clock. */
	jobMs: number;
	/** Plans for the jobs to come, each for one. */
	plans: JobPlan[];
	data: Data;
	variants: Variants;
	tokens: Tokens;
}
