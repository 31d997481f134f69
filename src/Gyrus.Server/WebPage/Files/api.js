// The description of the API, to read and to try.
Scalar.createApiReference("#api", {
  url: new URL("openapi/v1.json", document.baseURI).href,
  withDefaultFonts: false,
  authentication: { preferredSecurityScheme: "key" },
  telemetry: false,
  showDeveloperTools: "never",
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
});
