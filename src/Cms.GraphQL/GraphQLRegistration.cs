using System.Reflection;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using GraphQL;
using GraphQL.Execution;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.GraphQL;

public static class GraphQLRegistration
{
    /// <summary>
    /// Adds the schema built from the annotated classes in <paramref name="assemblies"/>, and the engine that serves
    /// it. The application adds its implementations of <see cref="IPolicies" /> and <see cref="ICostLimits" />.
    /// </summary>
    public static IServiceCollection AddCmsGraphQL(this IServiceCollection services, params Assembly[] assemblies)
    {
        services.AddSingleton(provider => new CmsSchema(
            new SelfActivatingServiceProvider(provider),
            provider.GetRequiredService<IPolicies>(),
            assemblies
        ));
        services.AddSingleton<ISchema>(provider => provider.GetRequiredService<CmsSchema>());
        services.AddSingleton<IDocumentBuilder, DocumentGuard>();
        services.AddSingleton<IErrorInfoProvider, DocumentedErrors>();
        services.TryAddSingleton(new EngineSettings(EngineSettings.DefaultDuration));
        services.TryAddSingleton(new DocumentSettings());
        services.AddSingleton<KnownDocuments>();
        services.AddSingleton<Faults>();
        services.AddSingleton<GraphQLEngine>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<CurrentOperation>();
        services.AddSingleton<DocumentValidator>();
        services.AddSingleton<IDocumentValidator, KnownArguments>();
        services.AddGraphQL(graph =>
            graph
                .AddSystemTextJson()
                .AddDocumentExecuter<CmsExecuter>()
                .AddValidationRule<EnoughErrors>()
                .ConfigureExecution<DocumentCache>()
        );
        return services;
    }
}
