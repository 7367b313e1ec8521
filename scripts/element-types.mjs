import { join } from 'node:path';
import ts from 'typescript';

/** Types as the compiler knows them, in words: a name that stands for a few texts is written out. */
export class ElementTypes {
  #root;
  #program;
  #checker;

  /** @param {string} root @param {readonly string[]} files below it */
  constructor(root, files) {
    this.#root = root;
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, root);
    this.#program = ts.createProgram(
      files.map((file) => join(root, file)),
      options,
    );
    this.#checker = this.#program.getTypeChecker();
  }

  /** The type of a class's field. */
  findField(file, className, name) {
    const field = this.#findClass(file, className).members.find((member) => member.name?.getText() === name);
    return this.#describe(this.#checker.getTypeAtLocation(field), field);
  }

  /** The class of an event that the file's doc comment names, and where its types stand. */
  findEvent(file, name) {
    const source = EVENTS.find((path) => this.#source(path).statements.some((node) => node.name?.text === name));
    if (source === undefined) throw new Error(`${file} documents an event ${name}, and there is no such class.`);
    return { text: name, references: [{ name, module: `dist/types/${source.replace(/\.ts$/, '.d.ts')}` }] };
  }

  /** The classes of events in a file: what each carries. */
  describeEvents(file) {
    return this.#source(file)
      .statements.filter((node) => ts.isClassDeclaration(node))
      .map((node) => ({
        kind: 'class',
        name: node.name.text,
        description: this.#comment(node),
        superclass: { name: 'Event', package: 'global:' },
        members: node.members
          .filter((member) => ts.isConstructorDeclaration(member))
          .flatMap(({ parameters }) => [...parameters])
          .map((parameter) => ({
            kind: 'field',
            name: parameter.name.getText(),
            readonly: true,
            type: this.#describe(this.#checker.getTypeAtLocation(parameter), parameter),
          })),
      }));
  }

  #source(file) {
    return this.#program.getSourceFile(join(this.#root, file));
  }

  #findClass(file, name) {
    return this.#source(file).statements.find((node) => ts.isClassDeclaration(node) && node.name.text === name);
  }

  #comment(node) {
    const symbol = this.#checker.getSymbolAtLocation(node.name);
    return ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
  }

  #describe(type, node) {
    const texts = this.#readUnion(type, node);
    if (texts !== null) return { text: texts.map((text) => `'${text}'`).join(' | ') };
    const { NoTruncation, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags;
    const text = this.#checker.typeToString(type, node, NoTruncation | UseSingleQuotesForStringLiteralType);
    const declared = type.aliasSymbol?.declarations?.[0].getSourceFile().fileName;
    if (declared === undefined || !declared.startsWith(join(this.#root, 'src'))) return { text };
    const module = `dist/types/${declared
      .slice(this.#root.length)
      .replace(/^[\\/]/, '')
      .replace(/\.ts$/, '.d.ts')}`;
    return { text, references: [{ name: type.aliasSymbol.name, module }] };
  }

  /** The texts that a union of texts is of, in the order in which its author wrote them; null of any other type. */
  #readUnion(type, node) {
    if (!type.isUnion() || !type.types.every((one) => one.isStringLiteral())) return null;
    const texts = type.types.map(({ value }) => value);
    const written = node.type?.getText() ?? '';
    const place = (text) => written.indexOf(`'${text}'`);
    return written.includes("'") ? texts.sort((a, b) => place(a) - place(b)) : texts;
  }
}

const EVENTS = ['src/events.ts', 'src/view-events.ts'];
