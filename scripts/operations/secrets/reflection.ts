// The container inside @peculiar/x509 does not load unless somebody has added the metadata functions of a former proposal to Reflect. It
// asks them for constructor parameters that its classes do not have, so the answer "nothing" is the right one. A real one is left alone.
if (!('getMetadata' in Reflect)) Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined, defineMetadata: () => undefined })

export {}
