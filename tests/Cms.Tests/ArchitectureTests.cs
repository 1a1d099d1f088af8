using System.Reflection;
using System.Runtime.CompilerServices;
using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.GraphQL;
using Cms.Import;
using Cms.Media.Blobs;
using Cms.Sqlite;
using Cms.SqlServer;
using Cms.Testing;
using Mono.Cecil;
using NetArchTest.Rules;
using Xunit;

namespace Cms.Tests;

/// <summary>Tests the rules for dependencies and design.</summary>
[Slow]
public sealed class ArchitectureTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private static readonly Assembly Cms = typeof(Article).Assembly;
    private static readonly Assembly Engine = typeof(CmsSchema).Assembly;
    private static readonly Assembly Import = typeof(ImportNewsroom).Assembly;
    private static readonly Assembly[] Product =
    [
        Engine,
        Cms,
        Import,
        typeof(CmsSqlite).Assembly,
        typeof(CmsSqlServer).Assembly,
    ];

    // The only types of the engine that entities are allowed to use. The engine's other types are about GraphQL.
    private static readonly HashSet<string> Values =
    [
        typeof(Result<>).FullName!,
        typeof(UserError).FullName!,
        typeof(IEntityId).FullName!,
        typeof(IEntityId<>).FullName!,
        typeof(EntityId).FullName!,
    ];

    // The verbs that begin an instruction. Every error message must contain an instruction to the editor.
    private static readonly string[] Instructions =
    [
        "Add",
        "Ask",
        "Cancel",
        "Change",
        "Check",
        "Choose",
        "Continue",
        "Copy",
        "Correct",
        "Count",
        "Create",
        "Draft",
        "Enter",
        "Export",
        "Fill in",
        "Fix",
        "Flatten",
        "Give",
        "Leave",
        "Make",
        "Move",
        "Name",
        "Publish",
        "Put",
        "Read",
        "Reload",
        "Remove",
        "Repeat",
        "Reply",
        "Resolve",
        "Restore",
        "Revoke",
        "Save",
        "Schedule",
        "Send",
        "Set",
        "Shorten",
        "Split",
        "Submit",
        "Tell",
        "Try",
        "Upload",
        "Use",
        "Wait",
        "Withdraw",
        "Write",
    ];

    // The host, or the application that uses the engine, implements these interfaces. One implementation is allowed.
    private static readonly Type[] Seams =
    [
        typeof(IBlobStore),
        typeof(ICaller),
        typeof(IPolicies),
        typeof(IAdmission),
        typeof(ICostLimits),
        typeof(IOutages),
    ];

    // The messages of these errors come from the code that reads or checks the input, so they are not checked here.
    private static readonly Type[] Quoting = [typeof(BodyInvalid), typeof(FileUnreadable), typeof(CheckFailed)];

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Azure")]
    [InlineData("Microsoft.Azure")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("SQLitePCLRaw")]
    [InlineData("Microsoft.Data.SqlClient")]
    [InlineData("Microsoft.EntityFrameworkCore.SqlServer")]
    [InlineData("OpenTelemetry")]
    [InlineData("StackExchange.Redis")]
    public void The_core_does_not_reference_host_cloud_or_database_libraries(string outside) =>
        Assert.All(
            [Engine, Cms, Import],
            assembly =>
                Assert.DoesNotContain(
                    assembly.GetReferencedAssemblies(),
                    reference => reference.Name!.StartsWith(outside, StringComparison.Ordinal)
                )
        );

    [Fact]
    public void The_engine_does_not_reference_the_newsroom_and_the_newsroom_does_not_reference_the_import()
    {
        Assert.Empty(References(Engine));
        Assert.Equal(["Cms.GraphQL"], References(Cms));
        Assert.Equal(["Cms", "Cms.GraphQL"], References(Import));
    }

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Cms", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [Fact]
    public async Task Entities_and_their_parts_do_not_depend_on_the_database_or_on_GraphQL()
    {
        await using var db = await database.OpenAsync();
        var parts = db.Model.GetEntityTypes().SelectMany(ModelParts.Of).Where(type => type.Assembly == Cms).ToHashSet();

        var result = Types
            .InAssembly(Cms)
            .That()
            .MeetCustomRule(new OneOf(parts))
            .ShouldNot()
            .HaveDependencyOnAny([
                "Microsoft.EntityFrameworkCore",
                "GraphQL",
                "GraphQLParser",
                "Cms.Data",
                .. Engine.GetTypes().Select(type => type.FullName!).Where(name => !Values.Contains(name)),
            ])
            .GetResult();

        Assert.Contains(typeof(ArticleContent), parts);
        Assert.Contains(typeof(EditionId), parts);
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void A_feature_does_not_use_the_GraphQL_types_of_another_feature()
    {
        var graphQLTypes = Cms.GetTypes()
            .Where(type =>
                type.GetCustomAttributes(inherit: false)
                    .Any(a => a is QueryTypeAttribute or MutationTypeAttribute or ObjectTypeAttribute)
            )
            .GroupBy(type => FeatureOf(type.Namespace!), StringComparer.Ordinal)
            .ToList();

        Assert.Contains("Cms.Articles", graphQLTypes.Select(feature => feature.Key));
        Assert.All(
            graphQLTypes,
            feature =>
            {
                var result = Types
                    .InAssembly(Cms)
                    .That()
                    .ResideInNamespaceStartingWith("Cms.")
                    .And()
                    .DoNotResideInNamespaceStartingWith(feature.Key)
                    .ShouldNot()
                    .HaveDependencyOnAny([.. feature.Select(type => type.FullName)])
                    .GetResult();
                Assert.True(
                    result.IsSuccessful,
                    $"{string.Join(", ", result.FailingTypeNames ?? [])} use the GraphQL types of {feature.Key}."
                );
            }
        );
    }

    [Fact]
    public void No_method_is_async_void() =>
        Assert.DoesNotContain(
            Product
                .SelectMany(assembly => assembly.GetTypes())
                .SelectMany(type =>
                    type.GetMethods(
                        BindingFlags.Public
                            | BindingFlags.NonPublic
                            | BindingFlags.Instance
                            | BindingFlags.Static
                            | BindingFlags.DeclaredOnly
                    )
                ),
            method =>
                method.ReturnType == typeof(void)
                && method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)
        );

    [Fact]
    public void An_operation_is_sealed_and_Handle_is_its_only_public_method()
    {
        var operations = Operations().ToList();

        Assert.Contains(typeof(PublishArticle), operations);
        Assert.All(
            operations,
            operation =>
            {
                Assert.True(operation.IsSealed, $"Seal {operation}.");
                var methods = operation.GetMethods(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                );
                Assert.Equal("Handle", Assert.Single(methods).Name);
                Assert.Equal(typeof(CancellationToken), methods[0].GetParameters()[^1].ParameterType);
            }
        );
    }

    [Fact]
    public void An_operation_that_returns_a_result_takes_an_input_named_after_it()
    {
        Assert.All(
            Operations()
                .Where(operation =>
                    operation.GetMethod("Handle")!.ReturnType is { IsGenericType: true } task
                    && task.GetGenericArguments()[0] is { IsGenericType: true } result
                    && result.GetGenericTypeDefinition() == typeof(Result<>)
                ),
            operation =>
            {
                var input = operation.GetMethod("Handle")!.GetParameters()[0].ParameterType;
                Assert.Equal($"{PlainName(operation)}Input", PlainName(input));
                Assert.Equal(operation.Namespace, input.Namespace);
            }
        );
    }

    // The name of a generic type ends with the number of its parameters: CreateTerm`2.
    private static string PlainName(Type type) => type.Name.Split('`')[0];

    [Fact]
    public void No_interface_has_exactly_one_implementation()
    {
        var types = Product.SelectMany(assembly => assembly.GetTypes()).ToList();

        Assert.All(
            types.Where(type => type.IsInterface && !Seams.Contains(type)),
            contract =>
            {
                var implementations = types.Where(type => !type.IsInterface && Implements(type, contract)).ToList();
                Assert.False(
                    implementations.Count == 1,
                    $"{contract} has one implementation. Use {implementations.FirstOrDefault()} instead."
                );
            }
        );
    }

    [Fact]
    public void Every_id_type_has_a_unique_prefix_of_three_letters()
    {
        var prefixes = Cms.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IEntityId)))
            .Select(type => (string)type.GetProperty("Prefix")!.GetValue(null)!)
            .ToList();

        Assert.Contains("art", prefixes);
        Assert.Equal(prefixes.Distinct(StringComparer.Ordinal), prefixes);
        Assert.All(prefixes, prefix => Assert.True(prefix.Length == 3 && prefix.All(char.IsAsciiLetterLower), prefix));
    }

    public static TheoryData<Type> Refusals =>
        [
            .. Cms.GetTypes()
                .Concat(Import.GetTypes())
                .Where(type => type.IsSubclassOf(typeof(UserError)) && type.IsVisible && !Quoting.Contains(type)),
        ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_error_message_says_what_to_do(Type refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var constructor = refusal
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .First(c => c.GetParameters() is not [var only] || only.ParameterType != refusal);
        object?[] samples = [.. constructor.GetParameters().Select(p => Sample(p.ParameterType))];
        var message = ((UserError)constructor.Invoke(samples)).Message;

        // The message can end with a position in the body, in brackets.
        Assert.Matches(@"\.( \([^)]*\))?$", message);
        Assert.True(
            message.Split([". ", ": "], StringSplitOptions.None).Any(IsInstruction),
            $"‘{message}’ does not say what to do."
        );
    }

    // For example, Cms.Media is the feature of Cms.Media.Intake.
    private static string FeatureOf(string space) => string.Join('.', space.Split('.').Take(2));

    private static bool IsInstruction(string sentence) =>
        Instructions.Any(verb =>
            sentence.StartsWith(verb, StringComparison.Ordinal) && !char.IsLetter(sentence[verb.Length])
        );

    private static IEnumerable<Type> Operations() =>
        Cms.GetTypes()
            .Concat(Import.GetTypes())
            .Where(type => type is { IsClass: true } && type.GetMethod("Handle") is not null);

    private static bool Implements(Type type, Type contract) =>
        contract.IsGenericTypeDefinition
            ? type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract)
            : type.IsAssignableTo(contract);

    private static object? Sample(Type type) =>
        type == typeof(string) ? "headline"
        : type == typeof(IReadOnlyList<string>) ? new[] { "headline" }
        : type == typeof(IReadOnlyList<Check>) ? new[] { new Check(default, default, "", []) }
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private sealed class OneOf(HashSet<Type> types) : ICustomRule
    {
        public bool MeetsRule(TypeDefinition type) => types.Any(t => t.FullName == type.FullName);
    }
}
