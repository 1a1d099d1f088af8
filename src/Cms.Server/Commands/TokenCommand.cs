using Cms.GraphQL;

namespace Cms.Server.Commands;

/// <summary><c>token &lt;who&gt;</c>: prints only a token, for use with <c>curl</c>.</summary>
internal static class TokenCommand
{
    public static async Task<int> RunAsync(string who, CommandOutput output, CancellationToken cancellationToken)
    {
        await using var app = output.Host();
        var identity =
            app.Services.GetService<DevelopmentIdentity>()
            ?? throw new CannotStartException(
                "Tokens can be printed only in development: run a Debug build with ASPNETCORE_ENVIRONMENT=Development and no AzureAd settings."
            );
        var token = await identity.TokenAsync(who, cancellationToken);
        await output.LineAsync(token);
        await output.DocumentAsync(new { Token = token });
        return 0;
    }
}
