/** How the files of a jest project use n8n; `jest.config.js` says it. */
declare const n8nUse: 'shared' | 'handedOn' | 'own';
