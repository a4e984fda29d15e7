import { payt } from '../contract';

/** A property of a schema as the contract writes it. */
export interface Property {
	$ref?: string;
	type?: string | string[];
	items?: Property;
	properties?: Record<string, Property>;
	'x-on-request'?: boolean;
}

const schemas = payt.components.schemas as Record<string, Property>;

/** The fields of a record. */
export function propertiesOf(schema: string): Record<string, Property> {
	return schemas[schema].properties ?? {};
}

/** Whether a field holds a list. */
export function isList({ $ref, type }: Property): boolean {
	return type === 'array' || ($ref !== undefined && isList(schemas[$ref.split('/').at(-1)!]));
}
