using System.Globalization;
using Cms.Server.Commands;

// What the program prints, stores and answers is the same on every machine, whatever language the machine is set to.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

// A token with a key that is new waits for the issuer's keys instead of being refused while they are fetched.
AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

return await CommandLine.RunAsync(args);

/// <summary>The entry point, named for tests that start the server in their own process.</summary>
public sealed partial class Program;
