using System.Buffers;
using System.Text;
using Cms.GraphQL.Execution;
using Cms.GraphQL.Tests.Sample;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.GraphQL.Tests;

/// <summary>The GraphQL engine with a small schema of films.</summary>
public sealed class SampleApi
{
    private readonly ServiceProvider _services;

    public SampleApi() =>
        _services = new ServiceCollection()
            .AddLogging(x => x.AddProvider(Faults))
            .AddSingleton(Films)
            .AddScoped<StudioById>()
            .AddScoped<FilmsByStudio>()
            .AddScoped<BrokenLoader>()
            .AddSingleton<IPolicies, FilmPolicies>()
            .AddSingleton<ICostLimits, FilmPolicies>()
            .AddSingleton(new EngineSettings(EngineSettings.DefaultDuration, AnonymousIntrospection: true))
            .AddCmsGraphQL(typeof(SampleApi).Assembly)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    public FilmStore Films { get; } = new();

    public RecordedFaults Faults { get; } = new();

    public CmsSchema Schema => _services.GetRequiredService<CmsSchema>();

    public IServiceScope Scope() => _services.CreateScope();

    public Task<string> AskAsync(string query, bool readOnly = false) => SendAsync(new(query), readOnly);

    /// <summary>Sends a request body, as a client does.</summary>
    public Task<string> PostAsync(string json) =>
        SendAsync(GraphQLRequest.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json))));

    public async Task<string> SendAsync(GraphQLRequest request, bool readOnly = false, ICaller? caller = null)
    {
        using var scope = Scope();
        var result = await _services
            .GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(request, scope.ServiceProvider, caller, readOnly);
        var output = new ArrayBufferWriter<byte>();
        ResultWriter.Write(output, result);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

/// <summary>Records the messages that are logged as errors.</summary>
public sealed class RecordedFaults : ILoggerProvider, ILogger
{
    public List<string> Messages { get; } = [];

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
    ) => Messages.Add(formatter(state, exception));

    public void Dispose() { }
}
