import { withMultipartBody, type FilePart } from '../../../../nodes/shared/transport/multipart';

const BYTES = Buffer.from([0, 13, 10, 45, 45, 255]);
const logo: FilePart = {
	name: 'logo',
	fileName: 'logo.png',
	contentType: 'image/png',
	bytes: BYTES,
};

/** The request, and its form as a server reads it. */
async function sent(fields: Array<[string, string]>, files: FilePart[]) {
	const request = withMultipartBody({ url: '/logo', headers: { Accept: '*/*' } }, fields, files);
	const headers = request.headers as Record<string, string>;
	const form = await new Response(request.body as Buffer, { headers }).formData();
	return { request, headers, form, names: [...form.keys()] };
}

test('fields and files arrive as they are, in their order, bytes and all', async () => {
	const { request, headers, form, names } = await sent(
		[
			['name', 'Quán "Cà phê"'],
			['note', 'two\r\nlines'],
		],
		[logo, { ...logo, name: 'stamp', contentType: 'image/jpeg' }],
	);
	expect(names).toEqual(['name', 'note', 'logo', 'stamp']);
	expect([form.get('name'), form.get('note')]).toEqual(['Quán "Cà phê"', 'two\r\nlines']);
	const [file, stamp] = ['logo', 'stamp'].map((name) => form.get(name) as File);
	expect([file.name, file.type, stamp.type]).toEqual(['logo.png', 'image/png', 'image/jpeg']);
	expect(Buffer.from(await file.arrayBuffer())).toEqual(BYTES);
	expect(request).toMatchObject({ url: '/logo' });
	expect(headers.Accept).toBe('*/*');
});

test.each(['a "quoted" name.png', 'two\r\nlines.png', 'ảnh.png', 'a"; name="note.png'])(
	'the file name %j stays one name and ends nothing',
	async (fileName) => {
		const { form, names } = await sent([], [{ ...logo, fileName }]);
		expect(names).toEqual(['logo']);
		expect(decodeURIComponent((form.get('logo') as File).name)).toBe(fileName);
	},
);

test('the boundary is another one each time, so that no file can hold it', async () => {
	const [first, second] = [await sent([], [logo]), await sent([], [logo])];
	expect(first.headers['Content-Type']).not.toBe(second.headers['Content-Type']);
	expect(first.headers['Content-Type']).toMatch(/boundary=[0-9a-f]{32}$/);
});
