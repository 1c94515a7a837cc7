export function Logo() {
  return (
    <svg class="logo" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M7 16H3V3h16v13h-4" fill="none" stroke="currentColor" stroke-width="2.2" />
      <circle cx="11" cy="16.4" r="3.4" class="logo-disc" />
    </svg>
  );
}
