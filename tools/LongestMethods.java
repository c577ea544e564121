import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Prints a line {@code LINES FILE:LINE NAME} for each method with a body in the Java files that are its arguments. */
public final class LongestMethods {
    private LongestMethods() {}

    /** Parses the files and compiles nothing. */
    public static void main(String[] files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager sources = compiler.getStandardFileManager(null, null, null)) {
            var paths = Arrays.stream(files).map(Path::of).toList();
            var task = (JavacTask) compiler.getTask(
                    null, sources, problem -> {}, null, null, sources.getJavaFileObjectsFromPaths(paths));
            List<String> lines = new ArrayList<>();
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree file : task.parse()) {
                new Methods(file, positions, lines).scan(file, null);
            }
            lines.forEach(System.out::println);
        }
    }

    private static final class Methods extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree file;
        private final SourcePositions positions;
        private final List<String> lines;

        Methods(CompilationUnitTree file, SourcePositions positions, List<String> lines) {
            this.file = file;
            this.positions = positions;
            this.lines = lines;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            if (method.getBody() != null) {
                LineMap map = file.getLineMap();
                long first = map.getLineNumber(positions.getStartPosition(file, method));
                long last = map.getLineNumber(positions.getEndPosition(file, method));
                String place = Path.of(file.getSourceFile().toUri()).toString() + ":" + first;
                lines.add((last - first + 1) + " " + place + " " + method.getName());
            }
            return super.visitMethod(method, null);
        }
    }
}
