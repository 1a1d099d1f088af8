using System.Globalization;
using Cms.Server.Commands;

// Output, stored data and responses must not depend on the machine's language settings.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

// If a token names a new key, wait until the issuer's keys are fetched, instead of rejecting the request.
AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

return await CommandLine.RunAsync(args);

/// <summary>The entry point. Public so that tests can start the server in their own process.</summary>
public sealed partial class Program;
