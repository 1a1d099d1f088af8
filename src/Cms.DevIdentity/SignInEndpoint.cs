using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.DevIdentity;

/// <summary>Asks which person to sign in as, and redirects back with a code.</summary>
internal static class SignInEndpoint
{
    public const string Path = $"/{Tenant.Id}/oauth2/v2.0/authorize";

    private static readonly string[] Scheme = [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme];

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], SignIn);
        routes.MapGet(Page.StylePath, (HttpContext http) => Page.SendStyleAsync(http.Response));
    }

    private static IResult SignIn(HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { } refused)
        {
            return Page.Refusal(refused.ErrorDescription);
        }

        var request = http.GetOpenIddictServerRequest()!;
        var application = Application.Find(request.ClientId)!;
        if (request.GetParameter(Page.Cancel) is not null)
        {
            return Refuse(Errors.AccessDenied, "The sign-in was cancelled.");
        }

        if (Person.Find(request.LoginHint) is { } person && !MustAsk(request))
        {
            return Results.SignIn(
                Principals.Of(person, application, request.GetScopes()),
                authenticationScheme: Scheme[0]
            );
        }

        return request.HasPromptValue(PromptValues.None)
            ? Refuse(Errors.LoginRequired, "The user must choose a person, but prompt is none.")
            : Page.People(
                application,
                new Uri(request.RedirectUri!),
                person => Choice(request, person),
                Cancelled(request)
            );
    }

    private static bool MustAsk(OpenIddictRequest request) =>
        request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount);

    // Returns a link that repeats the request and adds the choice. It needs no cookie or script, and the Back button
    // works.
    private static string Choice(OpenIddictRequest request, Person person) =>
        Again(request, new(Parameters.LoginHint, person.UserName));

    private static string Cancelled(OpenIddictRequest request) => Again(request, new(Page.Cancel, "1"));

    private static string Again(OpenIddictRequest request, KeyValuePair<string, string> answer)
    {
        var query = new QueryBuilder(
            request
                .GetParameters()
                .Where(parameter => parameter.Key is not (Parameters.LoginHint or Parameters.Prompt))
                .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value ?? ""))
        )
        {
            { answer.Key, answer.Value },
        };
        return Path + query;
    }

    private static IResult Refuse(string error, string sentence) =>
        Results.Forbid(
            new AuthenticationProperties(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = sentence,
                }
            ),
            Scheme
        );
}
