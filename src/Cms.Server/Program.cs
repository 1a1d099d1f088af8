using System.Globalization;
using Cms.Server.Commands;

// Output, stored data and responses must not depend on the machine's language settings.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

// A request whose token names a new key waits until the issuer's keys are fetched, instead of being refused.
AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

return await CommandLine.RunAsync(args);

/// <summary>The entry point. Public so that tests can start the server in their own process.</summary>
public sealed partial class Program;
