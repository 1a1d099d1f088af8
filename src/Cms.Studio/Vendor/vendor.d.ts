// The types of the bundle, for the check of the scripts.
export * from '../../Vendor/types.js';
