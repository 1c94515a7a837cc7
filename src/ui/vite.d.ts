/// <reference types="vite/client" />

/** The build of the site, in its pages (astro.config.ts). */
declare const __LEAKLAB_BUILD__: string;
