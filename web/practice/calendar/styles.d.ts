/** Stylesheets that are fetched with the part that needs them. */
declare module '*.css';
