/** Whether a host name as `URL` gives it is this machine. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** Whether a host name as `URL` gives it is one that SePay refuses as not public. */
export function isPrivate(hostname: string): boolean {
	return (
		isLoopback(hostname) ||
		!hostname.includes('.') ||
		/^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname)
	);
}
