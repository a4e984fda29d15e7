interface Details {
	/** `error` of the OAuth shape. */
	code?: string;
	/** Messages by the field they are about. */
	fields?: Record<string, string>;
	/** Answered in this shape, whatever the variant. */
	shape?: 'message';
	/** Answered in the OAuth shape, whatever the variant. */
	oauth?: boolean;
	headers?: Record<string, string>;
}

const codes: Record<number, string> = {
	400: 'invalid_request',
	403: 'forbidden',
	404: 'not_found',
	429: 'too_many_requests',
	500: 'server_error',
};

/** An answer other than success. The `code` of API refusals is not documented. */
export class ApiError extends Error {
	readonly code: string;

	constructor(
		readonly status: number,
		message: string,
		readonly details: Details = {},
	) {
		super(message);
		this.code = details.code ?? codes[status];
	}
}
