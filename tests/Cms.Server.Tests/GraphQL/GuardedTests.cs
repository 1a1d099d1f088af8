using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Cms.GraphQL;
using Cms.People;
using Cms.Server.Access;
using Cms.Server.GraphQL;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.GraphQL;

/// <summary>Access policies of subscriptions, and undeclared mutation errors, over HTTP.</summary>
[Needs("server")]
public sealed class GuardedTests : IAsyncLifetime
{
    private readonly Logged _logged = new();
    private readonly Visits _visits = new();
    private WebApplication _host = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_logged);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddSingleton(_visits)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new StreamSettings())
            .AddPeople()
            .AddCmsGraphQL(typeof(GuardedTests).Assembly);
        _host = builder.Build();
        _host.Use(
            (http, next) =>
            {
                http.Viewer = Enum.TryParse<Role>(http.Request.Headers["X-Role"], out var role)
                    ? new Viewer
                    {
                        Kind = ViewerKind.Person,
                        Role = role,
                        Key = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
                    }
                    : Viewer.Anonymous;
                return next(http);
            }
        );
        _host.MapGraphQL("/graphql");
        await _host.StartAsync();
        _client = new() { BaseAddress = new(_host.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("subscription { editorsGreeted { text } }")]
    [InlineData("subscription { greeted { text aside } }")]
    [InlineData("subscription { greeted { ...Whole } } fragment Whole on Greeting { text aside }")]
    [InlineData("subscription($yes: Boolean = true) { greeted { text aside @include(if: $yes) } }")]
    public async Task A_subscription_with_a_policy_is_rejected_before_it_starts(string query)
    {
        Assert.Equal(ErrorCodes.NotAuthenticated, await RefusedAsync(query, null));
        Assert.Equal(ErrorCodes.NotAuthorized, await RefusedAsync(query, "Author"));
        Assert.Equal(0, _visits.Begun);

        var (_, answered) = await StreamAsync(query, "Editor");

        Assert.Contains("\"text\":\"Hello\"", answered, StringComparison.Ordinal);
        Assert.DoesNotContain("errors", answered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_skipped_field_with_a_policy_does_not_block_a_subscription()
    {
        var (_, answered) = await StreamAsync("subscription { greeted { text aside @skip(if: true) } }", null);

        Assert.Contains("""{"data":{"greeted":{"text":"Hello"}}}""", answered, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    [InlineData("text/event-stream")]
    public async Task An_undeclared_mutation_error_is_logged_as_a_fault_and_reveals_no_details(string accept)
    {
        var (status, answer) = await PostAsync(
            """mutation { misfile(input: { what: "hunter2" }) { touched { what } errors { __typename } } }""",
            null,
            accept
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"code\":\"INTERNAL\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"data\":null", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Misfiled", answer, StringComparison.Ordinal);
        Assert.Contains("Misfiled", Assert.Single(_logged.Errors), StringComparison.Ordinal);
    }

    private async Task<string?> RefusedAsync(string query, string? role)
    {
        var (status, answer) = await StreamAsync(query, role);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("data\":", answer, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", answer, StringComparison.Ordinal);
        return new[] { ErrorCodes.NotAuthenticated, ErrorCodes.NotAuthorized }.SingleOrDefault(code =>
            answer.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal)
        );
    }

    private Task<(HttpStatusCode Status, string Answer)> StreamAsync(string query, string? role) =>
        PostAsync(query, role, "text/event-stream");

    private async Task<(HttpStatusCode Status, string Answer)> PostAsync(string query, string? role, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Add("Accept", accept);
        request.Headers.Add("X-Role", role ?? "none");
        request.Content = JsonContent.Create(new { query });
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Captures logged errors.</summary>
    private sealed class Logged : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                Errors.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose() { }
    }
}
